import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

/** For images: the server and only the files it needs. A server of our own runs on the ordinary build. */
const selfContained: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: fileURLToPath(new URL('../..', import.meta.url)),
}

/**
 * Compression would hold back server-sent events; types are checked by `tsc -p apps/web`, not by the bundler.
 * Next cuts off what its proxy passes on at 10 MB; the ingest takes bodies of 16 and refuses larger ones in words.
 */
const config: NextConfig = {
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@clew/client', '@clew/domain'],
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  experimental: { proxyClientMaxBodySize: '20mb' },
  ...(process.env['CLEW_WEB_OUTPUT'] === 'standalone' && selfContained),
}

export default config
