/** Where the daemon may keep what outlives it. */
import path from 'node:path'

/** Of the unit's StateDirectory=kantukd: a command, which systemd has not started, is not told. */
export const INSTALLED_STATE = '/var/lib/kantukd'
/** Of its RuntimeDirectory=kantukd, likewise. */
export const INSTALLED_RUNTIME = '/run/kantukd'

// systemd.exec(5): several folders stand with colons between them; the unit asks for one.
const given = (folders: string | undefined): string | null => (folders ?? '').split(':')[0] || null

/**
 * The state folder: the configured one, else the one that systemd made for the service (StateDirectory=), else null.
 * @param dir the configuration's `state.dir`
 */
export const stateFolder = (dir: string | null, env: NodeJS.ProcessEnv = process.env): string | null => dir ?? given(env.STATE_DIRECTORY)

/** A file in the state folder, or null without one. */
export const stateFile = (dir: string | null, name: string, env: NodeJS.ProcessEnv = process.env): string | null => {
  const folder = stateFolder(dir, env)
  return folder === null ? null : path.join(folder, name)
}

/** The folder that systemd made in memory for as long as the service runs (RuntimeDirectory=): no worn or full disk refuses it. Else null. */
export const runtimeFolder = (env: NodeJS.ProcessEnv = process.env): string | null => given(env.RUNTIME_DIRECTORY)
