export const limits = {
  frameBytes: 32_768,
  textBytes: 16_384,
  groupMembers: 100,
  historyPage: 100,
  conversationsPage: 50,
  messagesPerSecond: 20,
  messagesBurst: 200,
  titleBytes: 256,
};
