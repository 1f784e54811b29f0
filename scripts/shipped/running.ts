/**
 * What of node_modules runs on a vehicle: the packages that the program loads, and of each the files that Node.js can load.
 * What only compiles, downloads, tests or describes a package stays behind.
 */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { foundFrom, type NpmPackage, npmPackage } from './npm.js'

// Wishes that nothing which runs here loads. Own: read in each package's code; docs/release.md says how the rest was proven enough.
const NOT_LOADED: Readonly<Record<string, readonly string[]>> = {
  // the face detectors are converted at set-up; the broker is the demonstration's
  kantukd: ['@mediapipe/face_detection', 'aedes'],
  // daemon/vision/opencv.ts loads the addon without the package's JavaScript
  '@u4/opencv4nodejs': ['@u4/opencv-build', 'glob', 'nan', 'node-gyp', 'picocolors'],
  // these download or compile what lies there compiled
  'better-sqlite3': ['prebuild-install'],
  epoll: ['nan'],
  'onnxruntime-node': ['adm-zip', 'global-agent'],
}
const isLoaded = (by: string, wish: string): boolean => !wish.startsWith('@types/') && NOT_LOADED[by]?.includes(wish) !== true

/**
 * The packages that run, sorted by folder.
 * @param checkout with node_modules set up @param withOptional TensorFlow too, which the checkout is content without
 * Throws where one is wanted and not there.
 */
export function runningPackages(checkout: string, withOptional: boolean): NpmPackage[] {
  const there = (folder: string) => existsSync(path.join(checkout, folder, 'package.json'))
  const found = new Map<string, NpmPackage>()
  const follow = (by: NpmPackage, wishes: readonly string[]): void => {
    for (const wish of wishes.filter((name) => isLoaded(by.name, name))) {
      const folder = foundFrom(by.folder, wish, there)
      if (folder === undefined) throw new Error(`${by.name} wants ${wish}, which is not in ${checkout}: run scripts/setup`)
      if (found.has(folder)) continue
      const one = npmPackage(checkout, folder)
      found.set(folder, one)
      follow(one, one.wants)
    }
  }
  const ours = npmPackage(checkout, '')
  follow(ours, withOptional ? [...ours.wants, ...ours.likes] : ours.wants)
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

const LICENCE = /^(licen[cs]e|copying|unlicense|notice|copyright|authors|readme)/i
const NOT_RUN = /\.(map|[cm]?ts|c|cc|cpp|cxx|h|hpp|gypi?|o|a|md|markdown|log)$|\/build\/Release\/(obj|\.deps|test_extension\.node)/
const BESIDE = /^(\..*|tests?|integration-test|examples?|benchmarks?|docs)$/
// Large folders that are not loaded, by package: the name that it is found by.
const UNUSED: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['deps'],
  // for browsers
  mqtt: ['dist'],
  'onnxruntime-node': ['script'],
  // its main file is only looked up, to find the addon
  opencv4nodejs: ['bin', 'cc', 'esm', 'src', 'trimmed', 'types', 'typings'],
}

/** The files of a package that run, below the checkout. @param cpu x64 or arm64: ONNX Runtime comes for every system and processor */
export function runningFiles(checkout: string, { folder }: NpmPackage, cpu: string): string[] {
  const unused = UNUSED[path.basename(folder)] ?? []
  const others = new RegExp(`/onnxruntime-node/bin/napi-v\\d+/(win32|darwin|linux/(?!${cpu}/))`)
  const walk = (at: string): string[] =>
    readdirSync(path.join(checkout, at), { withFileTypes: true }).flatMap((entry) => {
      const file = path.join(at, entry.name)
      if (entry.name === 'node_modules' || (at === folder && (unused.includes(entry.name) || BESIDE.test(entry.name)))) return []
      if (entry.isDirectory()) return walk(file)
      return LICENCE.test(entry.name) || !(NOT_RUN.test(file) || others.test(file)) ? [file] : []
    })
  return walk(folder).sort()
}

/** Whether a file is a licence's text, by its name. */
export const isLicence = (name: string): boolean => /^(licen[cs]e|copying|unlicense)/i.test(name)
