/** What a running daemon says of itself at /healthz, as a sentence. */
import { z } from 'zod'
import { reasonOf } from '../reason-of.js'
import { HEALTH_HOST } from './place.js'

const told = z.object({ isWatching: z.boolean(), isAdvancing: z.boolean(), conditions: z.array(z.string()) })

/**
 * @param port of this machine, health.port
 * @param limitMs for the whole answer
 * @returns whether the eyes give observations and the judgement advances, and what was heard or why nothing was. Never rejects.
 */
export const askHealth = async (port: number, limitMs: number): Promise<{ isHealthy: boolean; sentence: string }> => {
  const place = `${HEALTH_HOST}:${port}`
  const not = (sentence: string) => ({ isHealthy: false, sentence })
  try {
    const answer = await fetch(`http://${place}/healthz`, { signal: AbortSignal.timeout(limitMs) })
    const body = told.safeParse(await answer.json().catch(throwLateness))
    if (!body.success) return not(`${place} answers with ${answer.status}, but not as kantukd does: is it another program's port?`)
    return { isHealthy: answer.ok, sentence: said(body.data) }
  } catch (fault) {
    if (isLate(fault)) return not(`no answer from ${place} within ${limitMs / 1000} s: the daemon stands still`)
    // Fetch says "fetch failed"; why, its cause says.
    return not(`nothing answers at ${place}: ${reasonOf(fault instanceof Error && fault.cause !== undefined ? fault.cause : fault)}`)
  }
}

const isLate = (fault: unknown): boolean => fault instanceof DOMException && fault.name === 'TimeoutError'

/** A body that is no JSON is an answer too; one that never ends is none. */
const throwLateness = (fault: unknown): null => {
  if (isLate(fault)) throw fault
  return null
}

const said = ({ isWatching, isAdvancing, conditions }: z.infer<typeof told>): string =>
  [
    isWatching ? 'the eyes give observations' : 'the eyes give no observations',
    isAdvancing ? 'the judgement advances' : 'the judgement stands still',
    ...(conditions.length > 0 ? [`what stands: ${conditions.join(', ')}`] : []),
  ].join('; ')
