/** What the schema says of every key, as data: for suggestions, for messages, and for the tests that compare YAML and docs with it. */
import { z } from 'zod'
import { configSchema } from './schema.js'

export type KeyInfo = {
  /** Such as `alarm.buzzer.line`. */
  path: string
  description: string
  /** A section holds further keys. */
  section: boolean
  default: unknown
  /** Such as `0.8 to 2`, `usb, csi`, `text or null`; empty for a section. */
  range: string
}

type Node = z.core.JSONSchema.JSONSchema

/** Every section and setting in the order of the schema. */
export const configKeys = (): KeyInfo[] => keysBelow(z.toJSONSchema(configSchema, { io: 'input' }), '')

const keysBelow = (node: Node, prefix: string): KeyInfo[] =>
  Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    if (typeof child === 'boolean') return []
    const path = prefix === '' ? name : `${prefix}.${name}`
    const section = child.properties !== undefined
    const own = { path, description: child.description ?? '', section, default: child.default, range: section ? '' : rangeText(child) }
    return [own, ...keysBelow(child, path)]
  })

const rangeText = (node: Node): string => {
  if (node.enum !== undefined) return node.enum.map(String).join(', ')
  const choices = (node.anyOf ?? []).map(rangeText)
  if (choices.length > 0) return choices.join(' or ')
  if (node.minimum !== undefined && node.maximum !== undefined) {
    return `${node.type === 'integer' ? 'whole number, ' : ''}${node.minimum} to ${node.maximum}`
  }
  switch (node.type) {
    case 'array':
      return `list of ${typeof node.items === 'object' && !Array.isArray(node.items) ? rangeText(node.items) : 'values'}`
    case 'boolean':
      return 'true, false'
    case 'string':
      return 'text'
    default:
      // `string,null`: several types
      return String(node.type).replace('string', 'text').replaceAll(',', ' or ')
  }
}
