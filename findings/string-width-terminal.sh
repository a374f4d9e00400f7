#!/usr/bin/env bash
# string-width 8.2.0 (npm) says of Thai, Lao and Indian scripts half of the columns that a terminal gives them.
#
# Expected: a terminal counts character by character, with wcwidth (POSIX.1, XSH). The Unicode Character Database has Thai and
#   Lao AM (U+0E33, U+0EB3) as letters (Lo) and the vowel signs of Devanagari, Tamil or Bengali as spacing marks (Mc): each is
#   one column, unlike the nonspacing marks (Mn), which are none.
# Seen: string-width counts a grapheme cluster (UAX #29) as its first character. @xterm/headless 6.0.0 moves further.
# Output:
#   Thai นำ string-width 1, xterm 2
#   Lao ນຳ string-width 1, xterm 2
#   Devanagari कि string-width 1, xterm 2
#   Tamil நி string-width 1, xterm 2
#   Bengali বাংলা string-width 2, xterm 5
#   Latin ab string-width 2, xterm 2
#   Hangul 한글 string-width 4, xterm 4
# Why it matters: a line that is "short enough" runs over, and the terminal breaks it at its left edge, where a chat puts who
#   is speaking. wrap-ansi counts with string-width.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts string-width@8.2.0 @xterm/headless@6.0.0
cat >look.mjs <<'END'
import xterm from '@xterm/headless';
import stringWidth from 'string-width';

const terminal = new xterm.Terminal({ cols: 80, rows: 3, allowProposedApi: true });
const columns = (text) =>
  new Promise((resolve) => {
    terminal.reset();
    terminal.write(text, () => resolve(terminal.buffer.active.cursorX));
  });
const words = { Thai: 'นำ', Lao: 'ນຳ', Devanagari: 'कि', Tamil: 'நி', Bengali: 'বাংলা', Latin: 'ab', Hangul: '한글' };
const seen = [];
for (const [script, word] of Object.entries(words)) {
  const widths = [stringWidth(word), await columns(word)];
  console.log(`${script} ${word} string-width ${widths[0]}, xterm ${widths[1]}`);
  seen.push(widths.join('<'));
}
const asStated = seen.join() === '1<2,1<2,1<2,1<2,2<5,2<2,4<4';
if (!asStated) console.error('changed: other widths');
process.exit(asStated ? 0 : 1);
END
node look.mjs
