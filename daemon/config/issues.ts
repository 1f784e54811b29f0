/** What the schema objects to → findings in a technician's words, each at its place. */
import type { Document } from 'yaml'
import type { z } from 'zod'
import type { Finding } from './finding.js'
import { configKeys, type KeyInfo } from './keys.js'
import { placeOf } from './position.js'
import type { Source } from './source.js'
import { nearest, suggestKey } from './suggest.js'

type Issue = z.core.$ZodIssue

/** @param value what the YAML holds at a path, for the words of the message */
export const issueFindings = (
  source: Source,
  document: Document.Parsed,
  issues: readonly Issue[],
  value: (path: readonly PropertyKey[]) => unknown,
): Finding[] => {
  const keys = configKeys()
  const about = (issue: Issue): Finding[] => {
    const path = issue.path.map(String).join('.')
    const place = placeOf(document, issue.path)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((name, n) => {
        const at = placeOf(document, [...issue.path, name])
        return source.finding(
          'unknown-key',
          at?.key ?? at?.value ?? null,
          unknownKey(name, path, keys, n),
          path === '' ? name : `${path}.${name}`,
        )
      })
    }
    // an item of a list is described by the list's key
    const key = keys.find((candidate) => candidate.path === path.replace(/\.\d+$/, ''))
    const found = value(issue.path)
    const span = found === null || found === undefined ? (place?.key ?? place?.value) : (place?.value ?? place?.key)
    const [code, message] = describe(issue, path, found, key, keys)
    return [source.finding(code, span ?? null, message, path)]
  }
  // of the wrong type, it may also be too long: that says nothing more
  const mistyped = new Set(issues.flatMap(({ code, path }) => (code === 'invalid_type' ? [path.join('.')] : [])))
  return issues.filter(({ code, path }) => code === 'invalid_type' || !mistyped.has(path.join('.'))).flatMap(about)
}

// What is pasted from a web page: no-break and other wide or invisible spaces, which no YAML takes for a space.
const STRANGE_SPACE = /[\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]/u
// Own: a file with more of them is no configuration, and looking for what each may mean takes seconds.
const MOST_SUGGESTED = 50

const unknownKey = (name: string, section: string, keys: readonly KeyInfo[], at: number): string => {
  const where = section === '' ? '' : ` in ${section}`
  if (name === '<<') return `there is no merging of groups (<<)${where}; write the keys themselves`
  if (STRANGE_SPACE.test(name))
    return `a space before or in ${name.trim()} is none: a no-break space, as web pages have it; type the line anew with ordinary spaces`
  const meant = at < MOST_SUGGESTED ? suggestKey(name, section, keys) : null
  if (meant?.endsWith(name) && name.includes('.')) {
    const groups = meant.split('.')
    const own = groups.pop()
    return `${name} is no key: a dot does not lead into a group; write “${own}: …” on a line of its own below “${groups.at(-1)}:”, indented by two more spaces`
  }
  if (meant !== null) return `there is no key ${name}${where}; did you mean ${meant}?`
  const siblings = keys.filter(({ path }) =>
    section === '' ? !path.includes('.') : path.startsWith(`${section}.`) && !path.slice(section.length + 1).includes('.'),
  )
  return `there is no key ${name}${where}; it takes ${siblings.map(({ path }) => path.split('.').at(-1)).join(', ')}`
}

const describe = (
  issue: Issue,
  path: string,
  found: unknown,
  key: KeyInfo | undefined,
  keys: readonly KeyInfo[],
): [Finding['code'], string] => {
  const range = key?.range ?? ''
  if (found === null || found === undefined) {
    return ['no-value', `${path} has no value; give one (${range}), or delete the line for the default, ${JSON.stringify(key?.default)}`]
  }
  switch (issue.code) {
    case 'invalid_type':
      return ['wrong-type', wrongType(issue.expected, path, found, range, keys)]
    case 'too_small':
    case 'too_big':
      if (issue.origin === 'string') return ['bad-text', `${path} ${issue.message}`]
      return ['out-of-range', `${path} is ${show(found)}, and may be ${range.replace(/^whole/, 'a whole')}${lineHint(path, found)}`]
    case 'invalid_value': {
      const meant = nearest(String(found), issue.values.map(String))
      return [
        'not-a-choice',
        `${path} is ${show(found).replace(/^the text /, '')}, and may be ${range}${meant === null ? '' : `; did you mean ${meant}?`}`,
      ]
    }
    default:
      return ['bad-text', `${path} ${issue.message}`]
  }
}

const wrongType = (expected: string, path: string, found: unknown, range: string, keys: readonly KeyInfo[]): string => {
  switch (expected) {
    case 'object': {
      const inside = keys.filter((key) => key.path.startsWith(`${path}.`)).map((key) => key.path.slice(path.length + 1))
      const own = inside.filter((name) => !name.includes('.'))
      return `${path} is a group of keys (${own.join(', ')}), each on a line of its own below it, not ${show(found)}${groupHint(found, own)}`
    }
    case 'number':
    case 'int':
      return `${path} must be a ${expected === 'int' ? 'whole ' : ''}number (${range}), not ${show(found)}${numberHint(found)}`
    case 'array':
      return `${path} must be a list (${range}), such as [a, b] or each entry on a line of its own behind "- ", not ${show(found)}`
    case 'boolean':
      return `${path} must be true or false, not ${show(found)}`
    default:
      return `${path} must be text${typeof found === 'object' ? '' : '; put it into quotes'}, not ${show(found)}`
  }
}

/** 529 for line 17 of a chip whose lines begin at 512. */
const lineHint = (path: string, found: unknown): string =>
  path.endsWith('.line') && Number(found) > 0 ? '; that is the kernel’s own number, lines are counted from 0 on each chip: gpioinfo' : ''

/** `fps 30`, `fps:30`: a key without its colon and space. */
const groupHint = (found: unknown, names: readonly string[]): string => {
  const [name, value] = typeof found === 'string' ? found.split(/[\s:=]+/) : []
  return name !== undefined && value !== undefined && names.includes(name)
    ? `; write a colon and a space between name and value: “${name}: ${value}”`
    : ''
}

const numberHint = (found: unknown): string => {
  if (typeof found !== 'string') return ''
  if (/^[-+]?\d+,\d+$/.test(found)) return '; write a point for the comma'
  if (/^[-+]?[\d.]+$/.test(found)) return '; write it without quotes'
  return /^[-+]?[\d.]+\s*\p{L}+$/u.test(found) ? '; the unit is in the key’s name: write the number alone' : ''
}

/** A value as the message shows it: short, and its kind plain to see. */
const show = (found: unknown): string => {
  if (Array.isArray(found)) return 'a list'
  if (typeof found === 'object') return 'a group of keys'
  const text = typeof found === 'string' ? JSON.stringify(found) : String(found)
  return `${typeof found === 'string' ? 'the text ' : ''}${text.length > 60 ? `${text.slice(0, 57)}…` : text}`
}
