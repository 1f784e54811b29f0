/** Where the daemon may keep what outlives it. */
import path from 'node:path'

/**
 * A file in the state folder: the configured one, else the one that systemd made for the service (StateDirectory=), else null.
 * @param dir the configuration's `state.dir`
 */
export const stateFile = (dir: string | null, name: string, env: NodeJS.ProcessEnv = process.env): string | null => {
  // systemd.exec(5): several folders stand with colons between them; the unit asks for one.
  const folder = dir ?? (env.STATE_DIRECTORY ?? '').split(':')[0]
  return folder ? path.join(folder, name) : null
}
