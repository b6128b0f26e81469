import { posix, win32 } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy, rendererFile } from '../../src/host/rendererFiles.ts'

const root = '/opt/ews-setup/out/renderer'

/** As hosts call it: a URL was parsed before, which resolves `..` and `%2e%2e`. */
const asked = (address: string) => rendererFile(root, new URL(address).pathname, posix)

describe('files of the window', () => {
  test.each([
    ['app://bundle/', '/index.html', 'text/html; charset=utf-8'],
    ['app://bundle/index.html', '/index.html', 'text/html; charset=utf-8'],
    ['app://bundle/index.html?x=1#y', '/index.html', 'text/html; charset=utf-8'],
    ['app://bundle/assets/index-D2x.js', '/assets/index-D2x.js', 'text/javascript; charset=utf-8'],
    ['app://bundle/assets/index.css', '/assets/index.css', 'text/css; charset=utf-8'],
    ['app://bundle/assets/%6Cogo.SVG', '/assets/logo.SVG', 'image/svg+xml'],
  ])('%s', (address, path, type) => {
    expect(asked(address)).toEqual({ kind: 'file', path: `${root}${path}`, type })
  })

  test.each(['app://bundle/../secret.html', 'app://bundle/%2e%2e/%2e%2e/secret.html'])('%s stays inside', (address) => {
    expect(asked(address)).toMatchObject({ kind: 'file', path: `${root}/secret.html` })
  })

  test.each([
    'app://bundle/..%2fsecret.html',
    'app://bundle/..%2f..%2f..%2fetc%2fpasswd.html',
    'app://bundle/assets/..%2f..%2fsecret.html',
    'app://bundle/..%2frenderer-old%2findex.html',
    'app://bundle/index.html%00.js',
    'app://bundle/index.html::$DATA',
    'app://bundle/index.html:other.js',
    'app://bundle/.env.js',
    'app://bundle/assets/.hidden/x.js',
    'app://bundle/assets',
    'app://bundle/assets/',
    'app://bundle/index.ts',
    'app://bundle/package.json',
    'app://bundle/__proto__',
  ])('%s is refused', (address) => {
    expect(asked(address)).toEqual({ kind: 'refused', status: 404 })
  })

  test.each(['app://bundle/%', 'app://bundle/%E0%A4%A', 'app://bundle/%zz.html'])('%s is no path at all', (address) => {
    expect(asked(address)).toEqual({ kind: 'refused', status: 400 })
  })

  test.each(['/%2f%2fetc/x.html', '//etc/x.html', '/%2fetc%2fx.html'])(
    'leading slashes of %s do not lead to the top',
    (path) => {
      expect(rendererFile(root, path, posix)).toEqual({
        kind: 'file',
        path: `${root}/etc/x.html`,
        type: 'text/html; charset=utf-8',
      })
    },
  )

  test.each([
    '/..%5csecret.html',
    '/..%5c..%5cWindows%5cx.html',
    '/C:%5cWindows%5cx.html',
    '/%5c%5cserver%5cshare%5cx.html',
    '/assets%5c..%5c..%5csecret.js',
  ])('on Windows %s is refused', (path) => {
    expect(rendererFile('C:\\Program Files\\EWS Setup\\renderer', path, win32)).toMatchObject({ kind: 'refused' })
  })
})

test('the content security policy allows no inline code and no other origin', () => {
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:/)
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'; script-src 'self';/)
})
