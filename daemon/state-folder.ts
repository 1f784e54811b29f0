/** Where the daemon may keep what outlives it. */
import path from 'node:path'

/**
 * The state folder: the configured one, else the one that systemd made for the service (StateDirectory=), else null.
 * @param dir the configuration's `state.dir`
 */
export const stateFolder = (dir: string | null, env: NodeJS.ProcessEnv = process.env): string | null =>
  // systemd.exec(5): several folders stand with colons between them; the unit asks for one.
  (dir ?? (env.STATE_DIRECTORY ?? '').split(':')[0]) || null

/** A file in the state folder, or null without one. */
export const stateFile = (dir: string | null, name: string, env: NodeJS.ProcessEnv = process.env): string | null => {
  const folder = stateFolder(dir, env)
  return folder === null ? null : path.join(folder, name)
}
