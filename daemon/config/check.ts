/** Checks a configuration completely: everything that is wrong with it, in the order of the file. */
import { type Document, isMap, isScalar } from 'yaml'
import type { FindingCode } from './codes.js'
import { conflictsOf } from './conflicts.js'
import type { Conflict, Finding } from './finding.js'
import { issueFindings } from './issues.js'
import { configKeys } from './keys.js'
import { missingFilesOf } from './named-files.js'
import { type Parsed, parseYaml } from './parse.js'
import { keysSetTwice, placeOf } from './position.js'
import { readConfigFile } from './read.js'
import { referenceFindings } from './references.js'
import { risksOf } from './risks.js'
import { type Config, configSchema, defaultConfig } from './schema.js'
import { createSource, type Source } from './source.js'
import { keysMeant, removeAt, valueAt, withoutFaulty } from './values.js'

/** `config` is null when there is an error among the findings. File names are still as they were written. */
export type Checked = { config: Config | null; findings: Finding[] }

/** What is said of a configuration whose keys are each right. */
type Rules = (config: Config) => readonly Conflict[]
const ofKeys: Rules = (config) => [...conflictsOf(config), ...risksOf(config)]

/** The files that it names are looked for too. Never throws. @param file the name of a YAML file */
export const checkConfigFile = (file: string): Checked => {
  const read = readConfigFile(file)
  if ('finding' in read) return { config: null, findings: [read.finding] }
  return check(read.text, file, (config) => [...ofKeys(config), ...missingFilesOf(config, file)])
}

/** Never throws. @param file the name that findings carry */
export const checkConfigText = (text: string, file: string): Checked => check(text, file, ofKeys)

const check = (text: string, file: string, rules: Rules): Checked => {
  const source = createSource(file, text)
  const parsed = parseYaml(source)
  const { config, findings } = checkValues(source, parsed, rules)
  const all = [...parsed.findings, ...findings].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
  return { config: all.some((finding) => finding.severity === 'error') ? null : config, findings: all }
}

const checkValues = (source: Source, { document, findings: yamlFindings, faults }: Parsed, rules: Rules): Checked => {
  if (document === null) return { config: null, findings: [] }
  const sound = yamlFindings.length === 0
  const { contents } = document
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return {
      config: defaultConfig(),
      findings: sound ? [source.finding('no-settings', null, 'sets nothing; every key has its default')] : [],
    }
  }
  if (!isMap(contents)) {
    const place = placeOf(document, [])?.value ?? null
    return {
      config: null,
      findings: sound ? [source.finding('not-a-mapping', place, 'a configuration is made of lines “name: value”')] : [],
    }
  }
  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: 20 })
  } catch (error) {
    return { config: null, findings: referenceFindings(source, document, error) }
  }
  const emptySections = takeEmptySections(source, document, data)
  const result = configSchema.safeParse(data)
  const issues = result.success ? [] : issueFindings(source, document, result.error.issues, (path) => valueAt(data, path))
  const comparable = result.success ? result.data : withoutFaulty(data, result.error.issues)
  // a key that is set twice leaves the rest of the file readable; other faults of the YAML may have moved keys elsewhere
  const readable = yamlFindings.every(({ code }) => code === 'duplicate-key')
  const wrong = [
    ...issues.map(({ path }) => path),
    ...keysSetTwice(document),
    ...(result.success ? [] : keysMeant(data, result.error.issues)),
  ]
  const conflicts = comparable === null || !readable ? [] : conflictFindings(source, document, rules(comparable), wrong)
  const tabsOnly = yamlFindings.every(({ code }) => code === 'tab-indent')
  // what the YAML fault itself brought about is not the technician's second mistake
  const faultyLines = new Set(faults.map((fault) => source.lineOf(fault.start)))
  const isOwn = ({ line, code }: Finding): boolean => line === null || !faultyLines.has(line) || (tabsOnly && ofValue.has(code))
  const own = [...issues.filter(isOwn), ...conflicts]
  return { config: result.success ? result.data : null, findings: sound ? [...own, ...emptySections] : own }
}

/** A tab may have moved a key into another group; the value behind it is what it is. */
const ofValue: ReadonlySet<FindingCode> = new Set<FindingCode>(['out-of-range', 'not-a-choice', 'bad-text'])

/** A section whose keys are all commented out holds null; that is no mistake, but said. */
const takeEmptySections = (source: Source, document: Document.Parsed, data: unknown): Finding[] =>
  configKeys().flatMap(({ path, section }) => {
    const steps = path.split('.')
    if (!section || valueAt(data, steps) !== null) return []
    removeAt(data, steps)
    return [
      source.finding('empty-section', placeOf(document, steps)?.key ?? null, `${path} sets nothing; its keys have their defaults`, path),
    ]
  })

const conflictFindings = (source: Source, document: Document.Parsed, conflicts: readonly Conflict[], wrong: readonly string[]): Finding[] =>
  conflicts
    // what stands in a wrong key, or below one, is not known: nothing is said of it, nor that it is missing
    .filter(({ involves }) => !involves.some((path) => wrong.some((other) => path === other || path.startsWith(`${other}.`))))
    .map(({ code, path, involves, message }) => {
      const own = placeOf(document, path)
      // a default in conflict with what stands in the file is told there
      const place =
        own?.exact === true ? own : (involves.map((each) => placeOf(document, each.split('.'))).find((each) => each?.exact) ?? own)
      const [first, second] = place?.exact === true ? [place.value, place.key] : [place?.key, place?.value]
      return source.finding(code, first ?? second ?? null, message, path.join('.'))
    })
