import type { Report } from './report.ts'
export const renderHtml = (_: Report): string => ''
