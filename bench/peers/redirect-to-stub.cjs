// Preloaded into every subject: what goes to *.amazonaws.com goes to the stub on this machine. Certificates are checked.
const net = require('node:net');

const port = Number(process.env.BENCH_STUB_PORT);
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && /\.amazonaws\.com$/.test(first?.host ?? '')) {
    first.host = '127.0.0.1';
    first.port = port;
  }
  return connect.apply(this, args);
};
