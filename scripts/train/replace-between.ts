/** Puts printed figures into a document, between the two lines that mark their place. */

/** @throws when the document lacks one of the lines */
export const replaceBetween = (document: string, begin: string, end: string, text: string): string => {
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)]
  if (start < 0 || stop < start) throw new Error(`the document has no lines "${begin}" and "${end}" to put the figures between`)
  return `${document.slice(0, start)}${begin}\n\n${text}\n\n${document.slice(stop)}`
}
