/**
 * What the runtime's files must be: those of onnxruntime-web 1.30.0, which package.json names exactly. They stand here,
 * and not only in a lock file, so that the site that was built holds its own downloads to them.
 * `tests/unit/engine/runtime-sums.test.ts` prints what belongs here when the package changes.
 */
import type { DeviceKind } from './device.ts';

/** Sums of one runtime: of the script as browsers want `integrity`, of the WebAssembly as of a model's file. */
export interface RuntimeSums {
  readonly script: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly parts: readonly string[];
}

export const RUNTIME_SUMS: { readonly [Kind in DeviceKind]: RuntimeSums } = {
  wasm: {
    script: 'sha256-4T9/lPxRtMpysS+use6V9Kzm37yJObxxiqvcCifEKZs=',
    bytes: 14_239_897,
    sha256: '3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2',
    parts: [
      'f93204c5d72bdfbde62da33fd01b7817531e7a2b46e043e4624e9221acce0ab6',
      '3ecc0470474ebbb1aa21f3a92549fb944dc4270bb6bf1d015b961405868cf5c8',
      'f6ac979eb17b38c2f3fd6689a6e871caf15f37d080f6bd059e41184f3fdfcd65',
      '3bebcc4a5adcbb5dcbb523f530645ebbc48e926d33e830b45c263dae409b5941',
      '407131fe630833889755fa43d30b9efbfac5b5b91b6cd618d58c43966cc500e9',
      'f4e296f1cbae04e922154d2260f767b6ac4ae799b8afb3ac4d11297e17d851d6',
      '0d7d48eb3ef4edcc092fc3053abd550c74334feb5becac16d284c44cc68be3c4',
      '80fbcc10a2fc0997b30569e0b40acf17fe0dd8beeb58ee71819a7423e0988cae',
      'bb45480deba3bedc824565ef7d7c3d858b5719eed0a6edac5a79dd676b2c5eac',
      'ab98ab7e7eecd14235ff94e616c33ab3cccd1f4fdaa11a6a28f3183bbc12ff8d',
      '8352ec8ba95dd6436dd741fd60ec7c381a6051fe7be225dd4d50fe16ab4d0395',
      'd33795c2ddf9cea0adbe45035441f890e04dadf766b428aad61eab5e3610af40',
      '67d65f86fbaf0b29c83ab2e2cc57532893977e9276d73f4dc6b8fd26b8f53c3c',
      '0c1d037915e477d52c19e64814f7661ef24014ccf1239bf1401119ee404a8440',
    ],
  },
  webgpu: {
    script: 'sha256-Jw4sbanylyOdMB0yl4K2RGZByx4Wp3lnaQrc/KNfMmg=',
    bytes: 16_758_545,
    sha256: 'a54c76f86b0f0d9572380cf1c6292a7b3903716ffcbcd6b0e5c7050bf430eb93',
    parts: [
      'bc7f8c3582faffb6865c34a9ac7321b98ab3870506a1dfbe3626421e24a1b926',
      '6b68c68caccd60364e5ae99f3436490114dfae063b01cb15d37f268a37cf1e0b',
      '0ee955a788d5fee54fb146e6038ca92d45ac86b23504a4ae41aac3a7a4a93aff',
      'e7dcad1f5707a2a7dd53db15ad56f746e52fdaf7203639edd46ce334316185ab',
      '275ea3323856620c3bf5ecee9b7699c30c726c8cd18723d3a4a661d62b52c267',
      '41c413dcdef7a24beb6bdca9eb065f9e21d5655b4b630248d9fa7cf6bbfbfbc7',
      'a4128cfb92457f257f70ed00e4b2770b0e8a213e93606cac59b9453f8af8ef18',
      '83c96b542d14cd660784912c02160cee112faacf94b6f53296ef0463ed0b0cb7',
      '61aca103d85c06841cc73ca4f09bae642992ebd3a0730ab182e6ffbce85d9ef0',
      '3517b5a69fa9af6ea9834a89e3c0a2af2815b0c618e5a3297bd8af53d0e29723',
      '792d3077b261aa50935edbb105db3bf471f01a58f0bb6c0b9aac693430b38b59',
      '875d02227d837ba53714466d23de9abfb0b9b397be9aa2f72cc55deea4cbae4f',
      '7abb9e12948f83db16e01a82e5f78875e719fdc9a527b1cb80eccc940281d82a',
      'c4ea0c7c4c78af0a93c7fa728f814dd8de3b9db6389b7008f2e172cf0e4b5716',
      '2bd3a333de3543dd8472a1e430544cdd460b885cb7f8af45b6804f7036448d82',
      'b7ffb9ce6dfc292e968516a371653f85c4dab944451e191bef9fef098c2621ad',
    ],
  },
};
