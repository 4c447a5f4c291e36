/** Certificates of parts of a cluster, for rows: self-signed, of a key that is nowhere. Their times are told beside `NOW` of the other answers. */

/** Of kube-apiserver. From 2026-01-01 until 2027-12-01, a year from now. */
export const LONG = `-----BEGIN CERTIFICATE-----
MIIBGjCBwAIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5rdWJlLWFwaXNlcnZl
cjAeFw0yNjAxMDEwMDAwMDBaFw0yNzEyMDExMjAwMDBaMBkxFzAVBgNVBAMMDmt1
YmUtYXBpc2VydmVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEl2CRSjn/J5gU
ZqINjrXxxZyZxSHJ9mwZ1OYdIwBgx5N4rNbGegJtkVdMSxgmf3TNfvF6CKSw6Fnq
b9jXyfcRWjAKBggqhkjOPQQDAgNJADBGAiEA83m3Ty5QulqK7hxdPA/JT3TJ/Y2e
Ew+Wuw8A3FxZy1gCIQDVdQTkP8YEjORUHsPN/LU9Cb+wd5U78PmmE5j2ZAh4ww==
-----END CERTIFICATE-----`

/** Of admin. Until 2026-12-11 12:00, ten days from now. */
export const SOON = `-----BEGIN CERTIFICATE-----
MIIBBzCBrgIBAjAKBggqhkjOPQQDAjAQMQ4wDAYDVQQDDAVhZG1pbjAeFw0yNjAx
MDEwMDAwMDBaFw0yNjEyMTExMjAwMDBaMBAxDjAMBgNVBAMMBWFkbWluMFkwEwYH
KoZIzj0CAQYIKoZIzj0DAQcDQgAEl2CRSjn/J5gUZqINjrXxxZyZxSHJ9mwZ1OYd
IwBgx5N4rNbGegJtkVdMSxgmf3TNfvF6CKSw6Fnqb9jXyfcRWjAKBggqhkjOPQQD
AgNIADBFAiAZsrpyM6jNmg5x4Oq3TqQczlJ2MC9CAALi48tYLiMNVQIhAJTLxRRa
OD+rKKrJII4sG7HkF5rxSYw3ZsAx9Z0x4wuX
-----END CERTIFICATE-----`

/** Of etcd. Until 2026-11-30, yesterday. */
export const ENDED = `-----BEGIN CERTIFICATE-----
MIIBBTCBrAIBAzAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARldGNkMB4XDTI2MDEw
MTAwMDAwMFoXDTI2MTEzMDEyMDAwMFowDzENMAsGA1UEAwwEZXRjZDBZMBMGByqG
SM49AgEGCCqGSM49AwEHA0IABJdgkUo5/yeYFGaiDY618cWcmcUhyfZsGdTmHSMA
YMeTeKzWxnoCbZFXTEsYJn90zX7xegiksOhZ6m/Y18n3EVowCgYIKoZIzj0EAwID
SAAwRQIgEcrVOUZYlurde+gU16OBOJsu+K9LY3Ib2HmgaBZSUhACIQCoIdULv4Uh
5XlVwPCHVNeL6jMM4wVGzVNRjt/lcL9kBg==
-----END CERTIFICATE-----`

/** Of kubelet. From 2026-12-02, tomorrow. */
export const EARLY = `-----BEGIN CERTIFICATE-----
MIIBCjCBsgIBBDAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdrdWJlbGV0MB4XDTI2
MTIwMjAwMDAwMFoXDTI3MTIwMTEyMDAwMFowEjEQMA4GA1UEAwwHa3ViZWxldDBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABJdgkUo5/yeYFGaiDY618cWcmcUhyfZs
GdTmHSMAYMeTeKzWxnoCbZFXTEsYJn90zX7xegiksOhZ6m/Y18n3EVowCgYIKoZI
zj0EAwIDRwAwRAIgSqhKfJMEx0GGKt/QQMXowgMjrPxdUsPsj1tCwoR00k8CIEub
lYsoSpb34WP24NwdtDsRdGnr1HEcE+hmqZTPsVbo
-----END CERTIFICATE-----`

/** What is found of a file: of what kind it is, its path, its text. */
export type Found = readonly [kind: string, path: string, text: string]

/** The pieces that the probe of certificates gets. */
export const certificatesSaid = (...found: readonly Found[]): string => pieced([...found.flat(), 'end'])

/** As `piece` says them. */
export const pieced = (texts: readonly string[]): string =>
  texts.map(text => `${Buffer.byteLength(text)}\n${text}\n`).join('')
