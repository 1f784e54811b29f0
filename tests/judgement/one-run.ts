/** In the place of scripts/scenarios/runs.ts for `npm run mutation`: each story once. The other rates and the rough runs catch what changes with the frames, six times slower. */
import type { Drive } from '../../scripts/scenarios/drive.js'

/** As there. */
export const runName = ({ fps, rough }: Drive): string => `${fps} fps${rough ? ', rough' : ''}`

export const runs: readonly Drive[] = [{ fps: 15, rough: false, seed: 1 }]
