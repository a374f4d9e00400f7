// Runs before anything in TypeScript, in syntax that any Node.js understands: `npm start` must explain itself on all of them.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `lapse needs Node.js 24, this is ${process.versions.node}: run \`npm rebuild node\` (it brings the pinned Node.js of this project; your npm may first want \`npm approve-scripts node\`), then again\n`,
  );
  process.exit(1);
}
