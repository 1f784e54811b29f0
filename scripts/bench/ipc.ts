/** What an observation costs on its way from the vision process to the main process: both ends of the real protocol, and a child that echoes. */
import { type ChildProcess, fork } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { type FromVision, fromVision } from '../../daemon/vision/protocol.js'

export interface Pipe {
  /** Milliseconds one way: half of there and back, each time sent and parsed. */
  oneWayMs(message: FromVision): Promise<number>
  close(): void
}

/** `json` is what the daemon uses, `advanced` Node's structured clone. */
export const openPipe = (serialization: 'json' | 'advanced'): Pipe => {
  const child: ChildProcess = fork(fileURLToPath(new URL('./echo.ts', import.meta.url)), [], {
    serialization,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return {
    oneWayMs: (message) =>
      new Promise((resolve) => {
        const startMs = performance.now()
        child.once('message', (raw) => {
          fromVision.parse(raw)
          resolve((performance.now() - startMs) / 2)
        })
        child.send(message)
      }),
    close: () => child.disconnect(),
  }
}
