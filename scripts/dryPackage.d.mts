export type TargetOptions =
  | { target: 'AppImage'; desktop: string; desktopFile: string }
  | { target: 'deb'; args: string[]; desktop: string; afterInstall: string }
export function dryPackage(options: {
  output: string
  targets?: readonly string[]
}): Promise<{ directory: string; options: TargetOptions[]; missing: string[] }>
