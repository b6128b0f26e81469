/**
 * The files of the window and the headers they go out with: one path check for the desktop's own scheme and for the loopback server.
 */
import * as nodePath from 'node:path'

/** No inline script or style, no other origin, no frame; script sinks of the DOM take no strings. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** What a window consists of. A file of any other kind is not there, whatever lies in the directory. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** The one list among the files, written by the build. */
const licenceFile = 'licences.json'

export type RendererFile = { kind: 'file'; path: string; type: string } | { kind: 'refused'; status: 400 | 404 }

/**
 * The file below `root` that a URL's path names, or a refusal. The path is checked after it was decoded, because URL parsers resolve
 * `..` and `%2e%2e` but not `..%2f`. `paths` is the platform's flavour of paths.
 */
export function rendererFile(root: string, urlPath: string, paths: nodePath.PlatformPath = nodePath): RendererFile {
  let relative: string
  try {
    relative = decodeURIComponent(urlPath).replace(/^\/+/, '')
  } catch {
    return { kind: 'refused', status: 400 }
  }
  if (relative === '') relative = 'index.html'
  // A colon is a drive or an alternate stream on Windows; a name that begins with a dot is never part of a window.
  if (/[\0:]|(^|[\\/])\.(?![\\/]|\.)/.test(relative)) return { kind: 'refused', status: 404 }
  const path = paths.resolve(root, relative)
  const extension = paths.extname(path).toLowerCase()
  const known = Object.hasOwn(contentTypes, extension) ? contentTypes[extension] : undefined
  const type = relative === licenceFile ? 'application/json' : known
  if (type === undefined || !path.startsWith(paths.resolve(root) + paths.sep)) return { kind: 'refused', status: 404 }
  return { kind: 'file', path, type }
}

/** Headers of every answer, files and refusals alike. */
export function rendererHeaders(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-dns-prefetch-control': 'off',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}
