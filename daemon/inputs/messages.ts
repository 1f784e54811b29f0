/** What a message on a topic says. Pure. */

// Faster goes no vehicle that this is made for; what claims so is a mistake of units or of the sender.
const FASTEST_KMH = 300

/** JSON, or the bare text where it is none. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // `on`, `off`: words without quotes
    return text.trim()
  }
}

/** The field of an object, else the value itself. */
const fieldOr = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null && field in value ? Object.getOwnPropertyDescriptor(value, field)?.value : value

/** km/h out of a number or `{"speedKmh": number}`, 0 to 300; null when it is neither. */
export const speedIn = (text: string): number | null => {
  const value = fieldOr(parsed(text), 'speedKmh')
  return typeof value === 'number' && value >= 0 && value <= FASTEST_KMH ? value : null
}

const ON: readonly unknown[] = [true, 1, 'on', 'true']
const OFF: readonly unknown[] = [false, 0, 'off', 'false']

/** On or off out of true/false, 1/0, on/off or `{"ignition": …}` of them; null when it is none. */
export const ignitionIn = (text: string): boolean | null => {
  const value = fieldOr(parsed(text), 'ignition')
  const word = typeof value === 'string' ? value.toLowerCase() : value
  if (ON.includes(word)) return true
  return OFF.includes(word) ? false : null
}

/** Degrees, WGS 84. */
export type Position = { latitude: number; longitude: number }

/** A position out of `{"latitude": number, "longitude": number}`; null when it is none. */
export const positionIn = (text: string): Position | null => {
  const value = parsed(text)
  const latitude = fieldOr(value, 'latitude')
  const longitude = fieldOr(value, 'longitude')
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null
  // A single number is no position, though it would be the "field" of both.
  if (typeof value === 'number') return null
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}

const DRIVER = /^[\p{L}\p{N}][\p{L}\p{N} ._:@/-]{0,63}$/u

/**
 * Who drives: text, a number, or `{"driver": …}` of them; empty or null: nobody.
 * @returns null when it is none of these
 */
export const driverIn = (text: string): { driver: string | null } | null => {
  const value = fieldOr(parsed(text), 'driver')
  // A number as it was written: a card's has zeros in front, and more digits than a number holds.
  const word = typeof value === 'number' ? (typeof parsed(text) === 'number' ? text.trim() : String(value)) : value
  if (word === null || word === '') return { driver: null }
  return typeof word === 'string' && DRIVER.test(word) ? { driver: word } : null
}
