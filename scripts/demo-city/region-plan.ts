import type { Xy } from './plane.ts'

export interface RegionSeed {
  code: string
  name: string
  name_en: string
  /** Districts divide the city; townships and station areas divide a district. */
  district: 'east' | 'west'
  place: Xy
}

/** 4198 is not assigned in GB/T 2260: the city exists nowhere. */
export const CITY = { code: '419800', name: '澄川市', name_en: 'Chengchuan City (demo)' }
export const DISTRICTS = {
  east: { code: '419802', name: '东岸区', name_en: "Dong'an District (east bank)" },
  west: { code: '419803', name: '西岸区', name_en: "Xi'an District (west bank)" },
} as const

const seed = (code: string, name: string, name_en: string, district: 'east' | 'west', ...place: [number, number]) => ({
  code,
  name,
  name_en,
  district,
  place,
})

export const TOWNSHIPS: RegionSeed[] = [
  seed('419802001', '老城街道', 'Laocheng Subdistrict', 'east', 450, 100),
  seed('419802002', '文昌街道', 'Wenchang Subdistrict', 'east', 2600, 2300),
  seed('419802003', '东风街道', 'Dongfeng Subdistrict', 'east', 3000, -700),
  seed('419802004', '城南街道', 'Chengnan Subdistrict', 'east', 500, -2700),
  seed('419802101', '柳林镇', 'Liulin Town', 'east', 5900, 1800),
  seed('419802102', '石桥镇', 'Shiqiao Town', 'east', 4200, -4800),
  seed('419802201', '北坞乡', 'Beiwu Township', 'east', 700, 4700),
  seed('419803001', '新城街道', 'Xincheng Subdistrict', 'west', -2100, 300),
  seed('419803002', '学府街道', 'Xuefu Subdistrict', 'west', -4100, 1900),
  seed('419803003', '云溪街道', 'Yunxi Subdistrict', 'west', -3500, -2200),
  seed('419803101', '苇塘镇', 'Weitang Town', 'west', -5600, -4600),
  seed('419803201', '茶亭乡', 'Chating Township', 'west', -6300, 3300),
]

export const STATIONS: RegionSeed[] = [
  seed('419802610001', '老城派出所', 'Laocheng Police Station', 'east', 500, -500),
  seed('419802610002', '文昌派出所', 'Wenchang Police Station', 'east', 1700, 1700),
  seed('419802610003', '东风派出所', 'Dongfeng Police Station', 'east', 3600, 300),
  seed('419802610004', '城南派出所', 'Chengnan Police Station', 'east', 1000, -3200),
  seed('419802610005', '柳林派出所', 'Liulin Police Station', 'east', 5600, 2900),
  seed('419802610006', '石桥派出所', 'Shiqiao Police Station', 'east', 5200, -3600),
  seed('419802610007', '北坞派出所', 'Beiwu Police Station', 'east', 300, 4500),
  seed('419803610001', '新城派出所', 'Xincheng Police Station', 'west', -2300, 900),
  seed('419803610002', '学府派出所', 'Xuefu Police Station', 'west', -4600, 2400),
  seed('419803610003', '云溪派出所', 'Yunxi Police Station', 'west', -3200, -1900),
  seed('419803610004', '苇塘派出所', 'Weitang Police Station', 'west', -5400, -3800),
]
