/** The steps of docs/install.md that can be walked without a board: blocks of commands marked `<!-- walk -->`, and what the page says one should see. */
import { readFileSync } from 'node:fs'

export type Step = {
  /** What a newcomer pastes; empty: only the log is looked at. */
  commands: string
  /** Exit codes that the page allows. */
  codes: readonly number[]
  /** Lines that must be seen, in this order; `…` stands for anything. */
  expected: readonly string[]
}

const page = new URL('../../../docs/install.md', import.meta.url)
const linesOf = (block: string): string[] => block.split('\n').filter((line) => line !== '')

/** In the page's order. */
export function stepsOfPage(): Step[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/(<!-- walk(?:: ([^>]*?))? -->\n)?```(\w+)\n(.*?)```/gs)].map(
    ([, mark, note = '', language = '', body = '']) => ({ isMarked: mark !== undefined, note, language, body }),
  )
  return blocks.flatMap(({ isMarked, note, language, body }, at) => {
    if (!isMarked) return []
    if (language === 'text') return [{ commands: '', codes: [0], expected: linesOf(body) }]
    const next = blocks[at + 1]
    const isSeen = next?.language === 'text' && !next.isMarked
    return [{ commands: body, codes: note.includes('0 or 1') ? [0, 1] : [0], expected: isSeen ? linesOf(next.body) : [] }]
  })
}

const patternOf = (line: string): RegExp =>
  new RegExp(
    `^${line
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )

/** The expected lines that the output does not have, from the first on that is missing. */
export function missing(expected: readonly string[], output: string): readonly string[] {
  let from = 0
  const lines = output.split('\n')
  for (const [at, line] of expected.entries()) {
    const pattern = patternOf(line)
    const found = lines.findIndex((each, index) => index >= from && pattern.test(each.trimEnd()))
    if (found < 0) return expected.slice(at)
    from = found + 1
  }
  return []
}
