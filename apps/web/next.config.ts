import type { NextConfig } from 'next'

/** Compression would hold back server-sent events; types are checked by `tsc -p apps/web`, not by the bundler. */
const config: NextConfig = {
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@clew/client', '@clew/domain'],
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
}

export default config
