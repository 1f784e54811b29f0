/** Daemons that are well or not as a test wants it, begun and ended by the real supervisor on real files. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach } from 'vitest'
import { type Config, changesBetween, checkConfigText, formatFindings, loadConfig } from '../../daemon/config/index.js'
import { requests } from '../../daemon/fleet/commands/index.js'
import type { Answer } from '../../daemon/fleet/payloads/result.js'
import { monotonicMs } from '../../daemon/monotonic.js'
import { createChanges } from '../../daemon/remote/change.js'
import { createRequests } from '../../daemon/remote/reread.js'
import { ChangeError, type Run } from '../../daemon/remote/run.js'
import { supervise } from '../../daemon/remote/supervisor.js'
import { createTrialFile } from '../../daemon/remote/trial-file.js'
import type { Owed } from '../../daemon/remote/types.js'

export const OLD = '# ours\nlog:\n  level: info\n'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

export type Manners = Partial<Pick<Run, 'well' | 'isCalm'>> & {
  /** It cannot be started, or ends soon after. */
  fails?: string
  ends?: string
  /** Goes by a changed configuration without being begun anew; a sentence: refuses to. */
  changes?: true | string
}

/** @param manners how a daemon with that level of the log is */
export const begin = (manners: (level: string) => Manners) => {
  const file = join(mkdtempSync(join(tmpdir(), 'kantukd-supervised-')), 'kantukd.yaml')
  writeFileSync(file, OLD)
  const story: string[] = []
  const heard: Owed[] = []
  const present = { isCalm: true, visionRuns: true }
  const trialFile = createTrialFile(file)
  const changes = createChanges({ file, trialFile, requireRunnable: () => undefined, now: monotonicMs })
  const wishes = createRequests()
  let signal: (name: string) => void = () => undefined
  const start = async (config: Config): Promise<Run> => {
    const { level } = config.log
    const { fails, ends, changes: change, ...how } = manners(level)
    if (fails !== undefined) throw new Error(fails)
    story.push(`starts ${level}`)
    return {
      plan: (to) => ({
        paths: changesBetween(config, to).map(({ path }) => path),
        ...{ anew: ['the log'], isWhole: change === undefined, isWatch: true },
        carryOut: async () => {
          if (typeof change === 'string') throw new ChangeError(change)
          story.push(`goes by ${to.log.level}`)
          config = to
        },
      }),
      condition: (condition, stands) => void story.push(`${condition} ${stands ? 'stands' : 'does not stand'}`),
      ended: ends === undefined ? new Promise(() => undefined) : sleep(50).then(() => Promise.reject(new Error(ends))),
      well: () => ({ vision: true, fleet: true }),
      isCalm: () => true,
      owe: (owed) => void heard.push(owed),
      stop: async (isRestart) => void story.push(`${isRestart ? 'makes way' : 'stops'} ${level}`),
      ...how,
    }
  }
  const { config } = loadConfig(file)
  const said = (message: string) => void story.push(message)
  const over = supervise(config, null, {
    ...{ start, changes, trialFile, requests: wishes, now: monotonicMs, steadyMs: 200, log: { info: said, warn: said, error: said } },
    read: () => {
      const { config: read, findings } = checkConfigText(readFileSync(file, 'utf8'), 'kantukd.yaml')
      return read === null ? { refused: formatFindings(findings) } : { config: read }
    },
    taken: ({ log: { level } }) => void story.push(`proven ${level}`),
    signalled: new Promise((resolve) => {
      signal = resolve
    }),
    onStop: (why) => void story.push(`over: ${why}`),
  })
  const stop = async () => {
    signal('SIGTERM')
    await over
  }
  stops.push(stop)
  const edit = (content: string) => {
    writeFileSync(file, content)
    wishes.add()
  }
  let transactions = 0
  const ask = (set: object, more: object = {}): Promise<Answer> => {
    transactions += 1
    const request = requests['config/set'].parse({
      transaction: `desk-${transactions}`,
      expires: '2026-11-24T21:10:00Z',
      set,
      healthySeconds: 10,
      ...more,
    })
    return changes.ask(request, config, 'a'.repeat(64), () => present)
  }
  return {
    file,
    story,
    heard,
    present,
    ask,
    edit,
    stop,
    over,
    text: () => readFileSync(file, 'utf8'),
    isMarked: () => existsSync(`${file}.trial`),
  }
}
