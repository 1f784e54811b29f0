/** What people have said of incidents: whether the alarm was right. Written by the command `verdict`, counted by the summaries. */

export interface Verdicts {
  /** Where a verdict goes: `memory` does not outlive the daemon. */
  readonly kept: 'disk' | 'memory'
  /**
   * Keeps it; a later one of the same incident takes its place. Resolves when it is safe from a power cut.
   * Rejects with what the file system says; it then counts in this run all the same.
   * @param incident the `incident` of the events, a UUIDv7
   */
  put(incident: string, isTrue: boolean): Promise<void>
  /** True: rightly warned; false: a false alarm; null: nobody has said. */
  of(incident: string): boolean | null
}
