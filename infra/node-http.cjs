// Imported, `node:http` shows all that it exports, so Node.js loads the whole of fetch and WebSocket for it: a fifth of the
// CPU time that a function needs to start.
module.exports = process.getBuiltinModule('node:http');
