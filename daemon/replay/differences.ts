/** Where what judged a recording is not what judges it now: the events may then differ, and whoever compares them must know. */
import type { RecordingHead } from '../recording/lines.js'

type Judge = Pick<RecordingHead, 'policy' | 'settings'>

/** @returns one sentence a difference; none when the same events must come out */
export function differences(recorded: RecordingHead, now: Judge): string[] {
  const sentences: string[] = []
  if (recorded.policy !== now.policy) sentences.push(`it was judged by policy ${recorded.policy}, and now by policy ${now.policy}`)
  for (const key of new Set([...Object.keys(recorded.settings), ...Object.keys(now.settings)])) {
    const [was, is] = [recorded.settings[key], now.settings[key]].map((value) => JSON.stringify(value) ?? 'not known')
    if (was !== is) sentences.push(`it was judged with judgement.${key} ${was}, and now with ${is}; -c FILE changes that`)
  }
  if (recorded.part > 1) {
    sentences.push(
      `it is part ${recorded.part} of a run: what the judgement had seen in the parts before is missing; "cat" them in order to have it`,
    )
  }
  return sentences
}
