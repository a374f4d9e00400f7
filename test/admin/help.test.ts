import { commands } from '../../admin/commands.ts';
import { help, helpOf } from '../../admin/help.ts';

const usages = Object.values(commands).map(({ usage }) => usage);

test('the help has every command; that of one has no other, and what all of them take', () => {
  for (const usage of usages) expect(help).toContain(`  ${usage}\n`);
  for (const command of Object.values(commands)) {
    const own = helpOf(command);
    expect(usages.filter((usage) => own.includes(`-- ${usage}\n`))).toEqual([command.usage]);
    expect(own).toContain(command.purpose);
    expect(own).toContain('--stack NAME');
  }
});
