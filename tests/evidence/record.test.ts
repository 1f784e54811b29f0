import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EvidenceError } from '../../daemon/evidence/errors.js'
import { readKey } from '../../daemon/evidence/key.js'
import { decode, encode, headOf } from '../../daemon/evidence/record.js'
import { newKey, sample } from './samples.js'

/** The code of what is thrown. */
const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (fault) {
    if (fault instanceof EvidenceError) return fault.code
    throw fault
  }
  return 'nothing was thrown'
}

describe('a record', () => {
  it.each([
    ['encrypted', newKey()],
    ['not encrypted', null],
  ])('%s gives back what went in', (_, key) => {
    const kept = sample()
    const { head, pictures } = decode(encode(kept, key), key, 'it')
    expect(pictures).toEqual(kept.pictures)
    const { pictures: __, ...about } = kept
    expect(head).toMatchObject({ ...about, sealed: key !== null })
  })

  it('shows no byte of a picture when it is encrypted, and tells without a key what it is of', () => {
    const bytes = encode(sample(), newKey())
    expect(bytes.includes('picture at')).toBe(false)
    expect(headOf(bytes, 'it').head).toMatchObject({ rule: 'microsleep', level: 2, sealed: true })
  })

  it('is another each time, though nothing else is', () => {
    const key = newKey()
    expect(encode(sample(), key).equals(encode(sample(), key))).toBe(false)
  })

  it('is refused with any of its bytes changed, those of its first line too', () => {
    const key = newKey()
    const bytes = encode(sample(), key)
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 0x20, 0x80]) {
        const changed = Buffer.from(bytes)
        changed[at] = (bytes[at] ?? 0) ^ bit
        expect(['evidence-key', 'evidence-damaged'], `byte ${at}`).toContain(codeOf(() => decode(changed, key, 'it')))
      }
    }
  })

  it('is refused cut off anywhere, and with something behind it', () => {
    const key = newKey()
    const bytes = encode(sample(), key)
    for (let length = 0; length < bytes.length; length++) {
      expect(['evidence-key', 'evidence-damaged']).toContain(codeOf(() => decode(bytes.subarray(0, length), key, 'it')))
    }
    expect(codeOf(() => decode(Buffer.concat([bytes, Buffer.from('x')]), key, 'it'))).toBe('evidence-key')
    const plain = encode(sample(), null)
    expect(codeOf(() => decode(plain.subarray(0, -1), null, 'it'))).toBe('evidence-damaged')
  })

  it('is refused with the first line of another', () => {
    const key = newKey()
    const [one, other] = [encode(sample(), key), encode(sample({ level: 4 }), key)]
    const spliced = Buffer.concat([other.subarray(0, headOf(other, 'it').bodyAt), one.subarray(headOf(one, 'it').bodyAt)])
    expect(codeOf(() => decode(spliced, key, 'it'))).toBe('evidence-key')
  })

  it('does not open with another key, nor without one', () => {
    const bytes = encode(sample(), newKey())
    expect([codeOf(() => decode(bytes, newKey(), 'it')), codeOf(() => decode(bytes, null, 'it'))]).toEqual(['evidence-key', 'evidence-key'])
  })
})

describe('a key', () => {
  const file = (text: string): string => {
    const name = join(mkdtempSync(join(tmpdir(), 'kantukd-key-')), 'key')
    writeFileSync(name, text)
    return name
  }

  it('is 64 hexadecimal digits, as openssl prints them', () =>
    expect(readKey(file(`${'0a'.repeat(32)}\n`))).toEqual(Buffer.alloc(32, 0x0a)))

  it.each([
    ['empty', ''],
    ['too short', 'ab'.repeat(31)],
    ['too long', 'ab'.repeat(33)],
    ['no digits', 'kantukd!'.repeat(8)],
    ['two of them', `${'ab'.repeat(32)}\n${'ab'.repeat(32)}`],
  ])('that is %s is refused, without showing it', (_, text) => {
    const name = file(text)
    expect(() => readKey(name)).toThrow(`the key ${name} is not 64 hexadecimal digits; make one with: openssl rand -hex 32`)
  })

  it('that is not there is refused by its name', () =>
    expect(() => readKey('/nowhere/key')).toThrow(/the key \/nowhere\/key cannot be read \(ENOENT\)/))
})
