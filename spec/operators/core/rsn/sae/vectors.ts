import { readFileSync } from 'node:fs';
import { hex } from '../../../../streams/frames/hex.js';

/** One exchange as hostap computes it: our half, and the commit and the confirm of the other. */
export interface Vector {
  readonly group: number;
  readonly method: 'huntingAndPecking' | 'hashToElement';
  readonly akm: number;
  readonly rejected: { readonly own: ReadonlyArray<number>; readonly peer: ReadonlyArray<number> };
  readonly passwordElement: string;
  readonly rand: string;
  readonly mask: string;
  readonly commit: string;
  readonly peerCommit: string;
  readonly kck: string;
  readonly pmk: string;
  readonly pmkid: string;
  readonly confirm: string;
  readonly peerConfirm: string;
}

interface Vectors {
  readonly password: string;
  readonly ssid: string;
  readonly identifier: string;
  readonly own: string;
  readonly peer: string;
  readonly exchanges: ReadonlyArray<Vector>;
}

/** Computed with src/common/sae.c of hostap (commit 76d4a917), which drew the random values. */
export const hostap: Vectors = JSON.parse(readFileSync(new URL('./hostapVectors.json', import.meta.url), 'utf8'));

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

export const hostapAddresses = { own: hex(hostap.own), peer: hex(hostap.peer) };

export const titleOf = ({ group, method, akm, rejected }: Vector): string =>
  `group ${group}, ${method}, AKM ${akm & 0xff}${rejected.own.length === 0 ? '' : `, rejected ${JSON.stringify(rejected)}`}`;

/**
 * IEEE 802.11-2020 Annex J.10, as src/common/common_module_tests.c of hostap (`sae_tests`) and unit/test-sae.c of iwd
 * (`test_pt_pwe`) have it.
 */
export const annexJ10 = {
  password: ascii('mekmitasdigoat'),
  hunting: {
    addresses: { own: hex('4d3f2fffe387'), peer: hex('a5d8aa958e3c') },
    rand: hex('992465fd3daa3c60aa6565b7f62a2a7f2e12dd12f198faf4fbed89d7ff1ace94'),
    mask: hex('9507a90f777a044d6a0830b91ea3d5dd70bece44e1acffb86983b5e1bf9fb322'),
    scalar: hex('2e2c0f0db52440ad146d967114ce005ce1eab0aa2c2e5c2871b774f6c2575c65'),
    element: hex(`d5ad9e00829707aa36ba8b859738fc961d08243505f47c035376d7ac4bc8d7b9
                  5083bf43827d0fc31ed778dd3671fd21a46d1091d64b6f9a1e1272621325dbe1`),
    peerScalar: hex('591b96f3397fb945100848e7b550543b6720d88337ee93fc49fd6df7e08b5223'),
    peerElement: hex(`e71b9bb048d3873f20556953a96c91536fd8ee6ca9b4a68a148b056a909be03e
                      83ae208f60f8ef5537858074db06687032399862999b511e0a1552a5fea317c2`),
    kck: hex('1e733f6d9bd53256287304338831b09a39406d121017073a5c30db36f36cb81a'),
    pmk: hex('4e4dfab1a2dd8ac1a91790f953faaa452ae5c6873ab75b63605ba663f8a7fe59'),
    pmkid: hex('8747a600eea3f9f22475df58ca1e5498'),
  },
  hashing: {
    addresses: { own: hex('00095b66ec1e'), peer: hex('000b6bd90246') },
    ssid: ascii('byteme'),
    identifier: ascii('psk4internet'),
    seed: hex('3bd53fe9223dc0280fbfce17d7a3564064e20f48c6ec72246ce367b5569a22af'),
    value1: hex(`a5044469ab16f25b6abf1e0e37a36b56f50be73369053df8db87989a6b66fd1a
                 491f1cdacbd07931620f83008ffc0ecc`),
    value2: hex(`9b4e0d5b1879f253c5319615099b05aec5b06fa5e788bcfd1e9ea60d33436927
                 190814c322a62585c93c577bbaa3d307`),
    u1: hex('dc941bc3c6a2b4948b6c61d55590ecb1f0c51c4b1bebaff677e593698d5a53c6'),
    u2: hex('1b8375a518bc21396ad6a65e5597e0bf80d793b6d66e2534a6e7dfe3ee22616f'),
    p1: hex(`a07c260764a13445ff8cd97c5acc644e7119bde51bad42583eed6f4109639e6b
             3bdc8df0d32337936c74df604933a454142251c53c576c0351b28deaf9428d7e`),
    p2: hex(`72cd2a967a837fea5051f0133db46227775ba09f7b6dfb99ae7a8ef22c7d34a0
             864390d797d352b368d311af515bde116fe54459fec867ee18a8a1619ca3ff59`),
    pt: hex(`b6e38c98750c684b5d17c3d8c9a4100b39931279187ca6cced5f37ef46ddfa97
             5687e972e50f73e3898861e7edad21bea7d5f622df88243bb804920ae8e647fa`),
    passwordElement: hex(`c93049b9e64000f848201649e999f2b5c22dea69b5632c9df4d633b8aa1f6c1e
                          73634e94b53d82e7383a8d258199d9dc1a5ee8269d060382ccbf33e614ff59a0`),
  },
};
