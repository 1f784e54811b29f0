/** A command's side: asks the running service. */
import { connect } from 'node:net'
import { CodedError } from '../coded.js'
import { type ControlCode, type Reply, reply, type Wish } from './messages.js'

/** The service cannot be asked. */
export class ControlError extends CodedError<ControlCode> {
  override readonly name = 'ControlError'
}

// Own: the service answers at once.
const WITHIN_MS = 5000

const parsed = (text: string): Reply => {
  try {
    return reply.parse(JSON.parse(text))
  } catch (cause) {
    throw new ControlError(
      'no-answer',
      `the running service answers in a way that this command does not know (${cause}): are both of one version?`,
    )
  }
}

const hear = (file: string, wish: Wish): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(file, () => void socket.write(`${JSON.stringify(wish)}\n`))
    socket.setEncoding('utf8').setTimeout(WITHIN_MS, () => {
      socket.destroy()
      reject(
        new ControlError(
          'no-answer',
          `the running service does not answer on ${file} within ${WITHIN_MS / 1000} s: systemctl restart kantukd`,
        ),
      )
    })
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.once('end', () => resolve(text)).once('error', reject)
  })

/**
 * @returns the answer; null when no service listens there
 * @throws ControlError
 */
export async function askService(file: string, wish: Wish): Promise<Reply | null> {
  try {
    return parsed(await hear(file, wish))
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : null
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR') return null
    if (code === 'EACCES' || code === 'EPERM')
      throw new ControlError('not-allowed', `the running service answers root and its own user only: sudo kantukd …`)
    throw fault
  }
}
