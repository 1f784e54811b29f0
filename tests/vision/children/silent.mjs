// Never gets ready.
process.on('message', () => undefined)
