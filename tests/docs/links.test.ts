/** README and docs: every link leads to a file that is there, and to a heading of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const docs = readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md'))
const pages = ['README.md', 'models/MODEL_CARD.md', ...docs.map((name) => `docs/${name}`)]
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

/** As GitHub makes them. */
const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

it.each(pages)('%s links to what is there', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s#]*)(?:#([^)\s]+))?\)|src="([^"]+)"/g)]
    .map(([, file = '', anchor, picture]) => ({ file: picture ?? file, anchor }))
    .filter(({ file }) => !/^[a-z]+:/.test(file))
  const broken = links.filter(({ file, anchor }) => {
    const target = file === '' ? page : path.join(path.dirname(page), file)
    return !existsSync(path.join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
  })
  expect(broken).toEqual([])
})

it('README leads to every page', () => {
  const readme = read('README.md')
  expect(docs.filter((name) => !readme.includes(`(docs/${name}`))).toEqual([])
})
