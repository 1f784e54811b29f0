import { command, refused, requests } from '../../fleet/commands/index.js'

/** Pictures never leave the vehicle: this version keeps none. */
export const snapshot = () => command(requests.snapshot, () => refused('evidence-off', 'This vehicle keeps and sends no pictures.'))
