/** Reads the files out of an uncompressed tar archive. */

export type TarEntry = { name: string; data: Buffer }

// Source: POSIX ustar, pax interchange format: 512-byte header, name at 0 (100), size at 124 (12, octal), type at 156, prefix at 345 (155).
const BLOCK = 512

const text = (archive: Buffer, start: number, length: number): string => {
  const field = archive.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? length : end).toString('utf8')
}

/** Regular files of the archive, in order. Throws on a broken header, naming the offset. GNU long names are understood. */
export const readTar = (archive: Buffer): TarEntry[] => {
  const entries: TarEntry[] = []
  let longName: string | null = null
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const size = Number.parseInt(text(archive, at + 124, 12).trim(), 8)
    if (!Number.isFinite(size)) throw new Error(`tar: no size in the header at byte ${at}; is the file whole?`)
    const type = String.fromCharCode(archive[at + 156] ?? 0)
    const data = archive.subarray(at + BLOCK, at + BLOCK + size)
    if (type === 'L') longName = text(data, 0, size)
    else if (type === '0' || type === '\0') {
      const prefix = text(archive, at + 257, 5) === 'ustar' ? text(archive, at + 345, 155) : ''
      const name = text(archive, at, 100)
      entries.push({ name: longName ?? (prefix === '' ? name : `${prefix}/${name}`), data })
      longName = null
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return entries
}
