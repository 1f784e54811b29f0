/** Changes single keys of a configuration's text; comments and what is not meant stay as they are. Pure. */
import { type Document, isAlias, isMap, isScalar, parseDocument } from 'yaml'
import { configKeys } from './keys.js'
import { splice } from './splice.js'

/** A value of a key; sections are reached by their keys. */
export type Value = string | number | boolean | null | readonly (string | number | boolean)[]

export type Edit = {
  /** Values by the path of their key. */
  set: Readonly<Record<string, Value>>
  /** Keys that get their defaults: written out where they stand in the text, so that their comments stay. */
  unset: readonly string[]
}

/** The edit cannot be made in this text. */
export class EditError extends Error {
  override readonly name = 'EditError'
  readonly code = 'edit-refused'
}

/** Makes way for a key: sections that are not there, or hold nothing, become groups. */
function openSections(document: Document, steps: readonly string[]): void {
  if (!isMap(document.contents)) document.contents = document.createNode({})
  for (let depth = 1; depth < steps.length; depth += 1) {
    const section = steps.slice(0, depth)
    const node = document.getIn(section, true)
    if (isMap(node)) continue
    if (isAlias(node)) throw new EditError(`${section.join('.')} is a reference (*name) in the file: write it out first`)
    if (node !== undefined && !(isScalar(node) && node.value === null)) throw new EditError(`${section.join('.')} is no section`)
    const opened = document.createNode({})
    if (isScalar(node)) {
      // the keys that were commented out below it
      opened.commentBefore = node.commentBefore ?? null
      opened.comment = node.comment ?? null
    }
    document.setIn(section, opened)
  }
}

/**
 * @param text a configuration that has been found valid
 * @returns the text with the keys changed; whether it is still valid is not judged here
 * @throws EditError where a key cannot be reached
 */
export const editConfig = (text: string, { set, unset }: Edit): string => {
  const document = parseDocument(text, { stringKeys: true })
  const values = new Map<string, unknown>()
  const put = (path: string, value: unknown) => {
    values.set(path, value)
    const steps = path.split('.')
    openSections(document, steps)
    const node = document.getIn(steps, true)
    if (isAlias(node)) throw new EditError(`${path} is a reference (*name) in the file: write it out first`)
    if (Array.isArray(value)) document.setIn(steps, document.createNode(value, { flow: true }))
    else if (isMap(node)) throw new EditError(`${path} is a section: name a key of it`)
    else document.setIn(steps, value)
  }
  const keys = configKeys()
  for (const path of unset) {
    const key = keys.find((known) => known.path === path)
    if (key === undefined || key.section) throw new EditError(`there is no key ${path}`)
    if (document.hasIn(path.split('.'))) put(path, key.default)
  }
  for (const [path, value] of Object.entries(set)) put(path, value)
  const inPlace = splice(text, values, document.toJS())
  if (inPlace !== null) return inPlace
  const edited = document.toString({ lineWidth: 0, flowCollectionPadding: false })
  return text.includes('\r\n') ? edited.replace(/\r?\n/g, '\r\n') : edited
}
