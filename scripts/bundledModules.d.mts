import type { Plugin } from 'vite'

export function bundledPackages(): Set<string>
export function noteBundledModules(): Plugin
export function packageOf(id: string): string | null
