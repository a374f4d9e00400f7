import type { LapseClient } from '../../lapse-client.ts';
import type { ConversationView } from '../chat/conversation-view.ts';
import type { Delivery } from '../chat/delivery.ts';
import type { TerminalFiles } from '../files/terminal-files.ts';
import type { LineSource } from '../screen/line-source.ts';
import type { Screen } from '../screen/screen.ts';

/** What a command works on. */
export type CommandContext = {
  readonly client: LapseClient;
  readonly lines: LineSource;
  readonly screen: Screen;
  readonly files: TerminalFiles;
  readonly conversation: ConversationView;
  readonly delivery: Delivery;
};
