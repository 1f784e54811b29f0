/** Compares what followed with what must follow. */
import type { Decision } from '../../daemon/judgement/decision.js'
import type { Expectation, When } from './expectation.js'
import type { Story } from './story.js'
import type { Told } from './tell.js'

// One frame until the beginning is seen, one until the threshold is seen passed; a frame too early, where a stretch counts from the last frame before it.
const LATE_FRAMES = 2
const EARLY_FRAMES = 1
// A rough drive loses an observation now and then, and its frames jitter.
const ROUGH_FRAMES = 1.3

// Below this rate the state is degraded, and that is said (design, policy's last row).
const DEGRADED_BELOW_FPS = 8

// Left out of a decision that is loud.
const isQuiet = ({ quiet = false }: Decision & { quiet?: boolean }): boolean => quiet

type Fits = (atMs: number, when: When) => boolean

const toleranceOf = ({ fps, rough }: Told): Fits => {
  const slackFrames = rough ? ROUGH_FRAMES : 0.01
  return (atMs, { fromS, toS, exact }) => {
    const early = exact ? (EARLY_FRAMES + slackFrames) / fps : 0.001
    const late = ((exact ? LATE_FRAMES : 1) + slackFrames) / fps
    return atMs / 1000 >= fromS - early && atMs / 1000 <= toS + late
  }
}

// There the notice of it stands throughout.
const isSlow = ({ fps }: Told): boolean => fps < DEGRADED_BELOW_FPS

const isSilent = (names: readonly string[]): boolean => names.includes('clear') || names.includes('quiet')

const isRise = ({ phase }: Decision): boolean => phase !== 'ended'
export const sentenceOf = (d: Decision): string => `${d.rule} ${d.phase === 'ended' ? 'ended' : d.level} at ${(d.atMs / 1000).toFixed(2)} s`

/** Verdicts that lie well inside a window: two frames after its beginning, before its end. */
const within = ({ verdicts, fps, rough }: Told, { fromS, toS }: When) =>
  verdicts.filter(({ atMs }) => atMs / 1000 >= fromS + (rough ? 3.5 : 2.01) / fps && atMs / 1000 < toS - (rough ? 0.2 : 0.01) / fps)

function isMet({ said }: Expectation, told: Told, fits: Fits, taken: Set<Decision>): boolean {
  const { decisions } = told
  const take = (found: Decision | undefined): boolean => {
    if (found !== undefined) taken.add(found)
    return found !== undefined
  }
  switch (said.kind) {
    case 'rise':
      return take(
        decisions.find(
          (d) => isRise(d) && !taken.has(d) && said.rules.includes(d.rule) && d.level === said.level && fits(d.atMs, said.when),
        ),
      )
    case 'ended':
      return take(decisions.find((d) => !isRise(d) && !taken.has(d) && said.rules.includes(d.rule) && fits(d.atMs, said.when)))
    case 'signal': {
      const seen = within(told, said.when)
      return (
        seen.length > 0 &&
        seen.every(({ signal }) => said.names.includes(signal) || (isSlow(told) && signal === 'degraded' && isSilent(said.names)))
      )
    }
    case 'level': {
      const seen = within(told, said.when)
      const highest = isSlow(told) ? Math.max(1, said.highest) : said.highest
      return seen.length > 0 && seen.every(({ level }) => level >= said.lowest && level <= highest)
    }
    case 'perclos60': {
      const share = told.verdicts.findLast(({ atMs }) => atMs <= said.atS * 1000)?.measures.perclos60 ?? null
      return share !== null && share >= said.low && share <= said.high
    }
    case 'reason':
      return decisions.some((d) => d.rule === said.rule && d.evidence.reason === said.reason)
    case 'confidence':
      return decisions.filter((d) => d.rule === said.rule).every((d) => d.confidence <= said.atMost)
    case 'quiet':
      return decisions.filter((d) => d.rule === said.rule && isRise(d)).every((d) => isQuiet(d) === said.quiet)
    case 'incidents':
      return new Set(decisions.filter((d) => d.level >= 2).map((d) => d.incident)).size === said.count
  }
}

/** What holds in every story: one end an incident, levels that only rise within it. */
function generalFaults({ decisions }: Told): string[] {
  const open = new Map<number, number>()
  return decisions.flatMap((d) => {
    const level = open.get(d.incident)
    if (d.phase === 'ended') {
      open.delete(d.incident)
      return level === undefined ? [`incident ${d.incident} ended twice, or never began: ${sentenceOf(d)}`] : []
    }
    open.set(d.incident, d.level)
    if ((level === undefined) !== (d.phase === 'raised')) return [`${sentenceOf(d)} is "${d.phase}" in incident ${d.incident}`]
    return level !== undefined && d.level < level ? [`the level falls within incident ${d.incident}: ${sentenceOf(d)}`] : []
  })
}

/** @returns what is wrong, a sentence each; empty when the story came out as it must */
export function faultsOf(story: Story, told: Told): string[] {
  const fits = toleranceOf(told)
  const taken = new Set<Decision>()
  const due = story.must.filter(({ minFps }) => told.fps >= minFps)
  const unmet = due.filter((expectation) => !isMet(expectation, told, fits, taken)).map(({ text }) => `missing: ${text}`)
  // At a rate where a rule is withheld, nothing is said about it either way.
  const isAllowed = (d: Decision): boolean =>
    story.may.has(`${d.rule}/${d.level}`) || (isSlow(told) && d.rule === 'degraded' && d.level === 1)
  const extra = told.decisions.filter((d) => isRise(d) && !taken.has(d) && !isAllowed(d)).map((d) => `not asked for: ${sentenceOf(d)}`)
  return [...unmet, ...extra, ...generalFaults(told)]
}
