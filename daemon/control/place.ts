/** Where the running service listens for commands of this machine: a socket that its user and root can open, and nobody else. */
import { INSTALLED_STATE, stateFile } from '../state-folder.js'

/** For the service: null where it has no state folder. @param dir the configuration's `state.dir` */
export const socketOf = (dir: string | null): string | null => stateFile(dir, 'control.sock')

/** For a command. */
export const socketToAsk = (dir: string | null): string => socketOf(dir) ?? `${INSTALLED_STATE}/control.sock`
