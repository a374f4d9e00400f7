export const limits = {
  frameBytes: 32_768,
  textBytes: 16_384,
  groupMembers: 100,
  historyPage: 100,
  conversationsPage: 50,
  imageBytes: 20_000_000,
  audioBytes: 20_000_000,
  videoBytes: 100_000_000,
  fileBytes: 100_000_000,
  messagesPerSecond: 20,
  messagesBurst: 200,
  titleBytes: 256,
};
