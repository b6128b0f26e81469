/**
 * How the desktop program is packaged. electron-builder reads this file by itself; `npm run package` makes what it packs (out/, out/terminal/) and calls it.
 * Whatever concerns signing comes from the environment of whoever releases (docs/RELEASING.md); nothing of it is kept here.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Configuration } from 'electron-builder'
import { unneededPackages } from './scripts/packaged/neededPackages.ts'
import { appId } from './src/main/appId.ts'

const environment = process.env
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const given = (name: string): string | undefined => environment[name]?.trim() || undefined

/** Who answers for a build and where it comes from: the person who releases says so. A name under .invalid is nobody's, and says that nobody did. */
const homepage =
  given('EWS_SETUP_HOMEPAGE') ??
  (given('GITHUB_REPOSITORY') === undefined
    ? 'https://ews-setup.invalid/'
    : `${given('GITHUB_SERVER_URL') ?? 'https://github.com'}/${given('GITHUB_REPOSITORY')}`)
const maintainer = given('EWS_SETUP_MAINTAINER') ?? 'The EWS Setup developers <nobody@ews-setup.invalid>'

/** Azure Trusted Signing, when all of its four names are given; a certificate in a file (WIN_CSC_LINK) is electron-builder's own business. */
function azureSignOptions() {
  const endpoint = given('EWS_SETUP_AZURE_ENDPOINT')
  const codeSigningAccountName = given('EWS_SETUP_AZURE_ACCOUNT')
  const certificateProfileName = given('EWS_SETUP_AZURE_PROFILE')
  const publisherName = given('EWS_SETUP_AZURE_PUBLISHER')
  return endpoint && codeSigningAccountName && certificateProfileName && publisherName
    ? { azureSignOptions: { endpoint, codeSigningAccountName, certificateProfileName, publisherName } }
    : {}
}

/** All that the bundles leave outside: loaded at run time from the operating system's file system. A test holds it against the bundle. */
export const nativeModules = ['keytar', 'kerberos']

/** What the native modules name as dependencies is there to build or fetch them. */
const forInstallation = ['node-addon-api', 'prebuild-install']

const lock: unknown = JSON.parse(readFileSync(here('package-lock.json'), 'utf8'))
export const notNeeded = unneededPackages(lock, nativeModules, forInstallation)

/** Licences stay. keytar brings a binary for each platform; the package's own is one of them. */
const notShipped = [
  '!**/*.{map,ts,mts,cts,tsx,flow,markdown,gyp,gypi,cc,cpp,h,hpp,c}',
  '!**/!(*LICEN[SC]E*|*licen[sc]e*|*NOTICE*|*COPYING*).md',
  '!**/node_modules/**/{test,tests,__tests__,example,examples,docs,man}/**',
  '!**/{.github,.vscode,.nyc_output,coverage,tsconfig*.json,.eslintrc*,.prettierrc*,.npmignore,.editorconfig}',
  '!**/node_modules/keytar/{src,script}/**',
  `!**/node_modules/keytar/prebuilds/!(${process.platform}-\${arch})/**`,
  '!**/node_modules/kerberos/build/Release/obj.target/**',
]

const config: Configuration = {
  appId,
  productName: 'EWS Setup',
  copyright: 'Copyright © 2026 The EWS Setup developers',
  extraMetadata: { homepage },
  directories: { output: 'dist', buildResources: 'build' },
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  // Nothing is uploaded from here and nothing is looked up at run time: without it no update file is written, neither beside nor into the program.
  publish: null,

  asar: true,
  asarUnpack: nativeModules.map((name) => `**/node_modules/${name}/**`),
  // Each native module speaks Node-API: what is installed serves Electron and Node alike.
  npmRebuild: false,
  files: [
    'package.json',
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    ...notNeeded.map((place) => `!${place}/**`),
    ...notShipped,
  ],
  extraResources: [{ from: 'out/terminal', to: 'terminal' }],
  electronLanguages: ['de', 'en-US'],

  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    // Writing fuses breaks the signature that Electron comes with on Apple silicon; a build without a certificate gets that kind of signature anew.
    resetAdHocDarwinSignature: process.platform === 'darwin',
  },
  // The default (0.0.0) writes --no-sandbox into the desktop entry of an AppImage.
  toolsets: { appimage: '1.0.3' },

  win: {
    target: ['nsis', 'portable'],
    icon: 'build/icon.ico',
    requestedExecutionLevel: 'asInvoker',
    ...azureSignOptions(),
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    allowElevation: false,
    deleteAppDataOnUninstall: false,
    createDesktopShortcut: false,
    differentialPackage: false,
    include: 'build/windows/installer.nsh',
    artifactName: '${name}-${version}-win-${arch}-setup.${ext}',
  },
  portable: { requestExecutionLevel: 'user', artifactName: '${name}-${version}-win-${arch}-portable.${ext}' },

  mac: {
    target: ['dmg'],
    icon: 'build/icon.icns',
    category: 'public.app-category.utilities',
    minimumSystemVersion: '13.0',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    extendInfo: {
      // Configurations are JSON to macOS, which goes by the last extension: they may be dropped on the icon, and no .json file changes its program.
      CFBundleDocumentTypes: [
        {
          CFBundleTypeName: 'JSON',
          CFBundleTypeRole: 'Viewer',
          LSHandlerRank: 'None',
          LSItemContentTypes: ['public.json'],
        },
        {
          CFBundleTypeName: 'age',
          CFBundleTypeRole: 'Viewer',
          LSHandlerRank: 'Alternate',
          LSItemContentTypes: ['org.age-encryption.age'],
        },
      ],
      UTImportedTypeDeclarations: [
        {
          UTTypeIdentifier: 'org.age-encryption.age',
          UTTypeDescription: 'age-encrypted file',
          UTTypeConformsTo: ['public.data'],
          UTTypeTagSpecification: { 'public.filename-extension': ['age'] },
        },
      ],
    },
  },
  dmg: { writeUpdateInfo: false },

  linux: {
    target: ['AppImage', 'deb'],
    icon: 'build/icons',
    category: 'Utility',
    // The name without "-app" is the terminal command.
    executableName: 'ews-setup-app',
    syncDesktopName: true,
    maintainer,
    vendor: 'The EWS Setup developers',
    synopsis: 'Finds the EWS URL of an Exchange server and says why a login fails',
    mimeTypes: ['application/x-ews-setup+json', 'application/x-age-encryption'],
    desktop: {
      entry: {
        'Comment[de]': 'Findet die EWS-URL eines Exchange-Servers und sagt, warum eine Anmeldung scheitert',
        Keywords: 'Exchange;EWS;OAuth;Autodiscover;',
        StartupNotify: 'true',
      },
    },
  },
  deb: {
    depends: [
      'libgtk-3-0',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0',
      'libuuid1',
      // The keychain.
      'libsecret-1-0',
    ],
    recommends: ['libayatana-appindicator3-1', 'nodejs (>= 20.19)'],
    packageCategory: 'utils',
    fpm: [
      `${here('build/linux/mime.xml')}=/usr/share/mime/packages/ews-setup-app.xml`,
      `${here('build/linux/ews-setup')}=/usr/bin/ews-setup`,
    ],
  },
}

export default config
