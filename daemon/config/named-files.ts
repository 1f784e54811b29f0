/** Files that a configuration names and that are not there. */
import { statSync } from 'node:fs'
import { reasonOf } from '../reason-of.js'
import type { Conflict } from './finding.js'
import { withAbsolutePaths } from './paths.js'
import type { Config } from './schema.js'

type Named = { key: string; file: string | null; kind: 'file' | 'folder' }

/** Without these nothing can run. */
const needed = ({ camera, classifier, locate }: Config): Named[] => [
  { key: 'camera.file.path', file: camera.kind === 'file' ? camera.file.path : null, kind: 'file' },
  { key: 'camera.scripted.path', file: camera.kind === 'scripted' ? camera.scripted.path : null, kind: 'file' },
  { key: 'locate.modelsDir', file: locate.modelsDir, kind: 'folder' },
  { key: 'locate.recorded', file: locate.recorded, kind: 'file' },
  { key: 'classifier.model', file: classifier.model, kind: 'file' },
]

/** Without these the alarm works, and events wait. */
const ofTheLink = ({ fleet }: Config): Named[] =>
  (['passwordFile', 'caFile', 'certFile', 'keyFile'] as const).map((key) => ({ key: `fleet.${key}`, file: fleet[key], kind: 'file' }))

/** Without it the alarm works, and no pictures are kept. */
const ofEvidence = ({ evidence: { enabled, keyFile } }: Config): Named[] => [
  { key: 'evidence.keyFile', file: enabled ? keyFile : null, kind: 'file' },
]

function fault({ file, kind }: Named): string | null {
  if (file === null) return null
  try {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found === undefined) return `and there is no such ${kind}`
    return (kind === 'file' ? found.isFile() : found.isDirectory()) ? null : `which is no ${kind}`
  } catch (cause) {
    return `which cannot be looked at: ${reasonOf(cause)}`
  }
}

/**
 * An error for each that nothing can run without, a warning for each that only the link to the fleet, or evidence, needs.
 * @param configFile from whose folder names are taken
 */
export function missingFilesOf(config: Config, configFile: string): Conflict[] {
  const absolute = withAbsolutePaths(config, configFile)
  const missing = (named: readonly Named[], code: Conflict['code'], price: string): Conflict[] =>
    named.flatMap((each) => {
      const why = fault(each)
      if (why === null) return []
      return [{ code, path: each.key.split('.'), involves: [each.key], message: `${each.key} is ${each.file}, ${why}${price}` }]
    })
  return [
    ...missing(needed(absolute), 'no-such-file', ''),
    ...missing(ofTheLink(absolute), 'fleet-file-missing', '; until it is there, events wait'),
    ...missing(ofEvidence(absolute), 'evidence-file-missing', '; without it no pictures are kept'),
  ]
}
