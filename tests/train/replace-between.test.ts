import { describe, expect, it } from 'vitest'
import { replaceBetween } from '../../scripts/train/replace-between.js'

describe('figures in a document', () => {
  it('take the place of the figures before, and nothing else', () => {
    const once = replaceBetween('# Card\n<!-- a -->\nold\n<!-- b -->\nrest\n', '<!-- a -->', '<!-- b -->', '97 %')
    expect(once).toBe('# Card\n<!-- a -->\n\n97 %\n\n<!-- b -->\nrest\n')
    expect(replaceBetween(once, '<!-- a -->', '<!-- b -->', '97 %')).toBe(once)
  })

  it('are refused where the lines that mark their place are missing', () => {
    expect(() => replaceBetween('# Card', '<!-- a -->', '<!-- b -->', '97 %')).toThrow(/no lines "<!-- a -->" and "<!-- b -->"/)
  })
})
