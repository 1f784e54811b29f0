/** A message from the fleet, as it came off the line: nothing of it is believed yet. */
export type Incoming = {
  topic: string
  payload: Buffer
  /** The broker has kept it from before, for who knows how long. */
  retained: boolean
}
