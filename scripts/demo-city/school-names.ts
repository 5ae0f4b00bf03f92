import type { Random } from './random.ts'
import type { SchoolSort } from './school-plan.ts'

/** What a campus can be named after. */
interface Setting {
  district: string
  /** The street of the main gate, if it has a name. */
  street: string | null
  village: string
}

const NURSERY = [
  '春芽',
  '禾苗',
  '七色光',
  '小溪流',
  '彩陶',
  '童谣',
  '金穗',
  '布谷',
  '蒲公英',
  '向阳花',
  '小木屋',
  '星星河',
  '萤火虫',
  '竹蜻蜓',
  '小渡船',
  '青豆豆',
  '蓝风铃',
  '石榴籽',
  '白鹭',
  '小风车',
  '麦田',
  '云朵',
  '小石桥',
  '贝壳',
  '米粒',
  '小青瓦',
  '芦花',
  '拾光',
  '小雨点',
  '甜杏',
  '松果',
  '小茶壶',
  '月牙湾',
  '柳哨',
  '小河马',
  '泥娃',
  '梧桐叶',
  '红蜻蜓',
  '山雀',
  '暖阳',
]
const TRADES = ['机电', '卫生', '旅游', '商贸', '农业', '工艺美术', '交通', '信息技术']
const NUMBERS = [
  '一',
  '二',
  '三',
  '四',
  '五',
  '六',
  '七',
  '八',
  '九',
  '十',
  '十一',
  '十二',
  '十三',
  '十四',
  '十五',
  '十六',
  '十七',
  '十八',
  '十九',
  '二十',
  '二十一',
  '二十二',
  '二十三',
  '二十四',
  '二十五',
  '二十六',
  '二十七',
  '二十八',
  '二十九',
  '三十',
]

/** Hands out invented school names, each once. */
export class SchoolNames {
  private readonly random: Random
  private readonly used = new Set<string>()
  private middle = 0
  private senior = 0
  private trade = 0
  private nursery = 0
  private readonly nurseries: string[]

  constructor(random: Random) {
    this.random = random
    this.nurseries = random.shuffle(NURSERY)
  }

  next(sort: SchoolSort, setting: Setting): string {
    const wanted = this.propose(sort, setting)
    const name = this.used.has(wanted) ? this.other(wanted) : wanted
    this.used.add(name)
    return name
  }

  private other(wanted: string): string {
    for (const suffix of ['（东校区）', '（西校区）', '（南校区）', '（北校区）', '（新校区）']) {
      if (!this.used.has(wanted + suffix)) return wanted + suffix
    }
    for (let number = 2; ; number++)
      if (!this.used.has(`${wanted}（${number}校区）`)) return `${wanted}（${number}校区）`
  }

  private propose(sort: SchoolSort, { district, street, village }: Setting): string {
    const place = street ?? village
    switch (sort) {
      case 'kindergarten':
        return this.nursery < this.nurseries.length && this.random.chance(0.75)
          ? `${district}${this.nurseries[this.nursery++]}幼儿园`
          : `${district}${place}幼儿园`
      case 'village_kindergarten':
        return `${village}幼儿园`
      case 'village_primary':
        return `${village}小学`
      case 'primary':
        return this.random.chance(0.2) ? `${district}实验小学` : `${district}${place}小学`
      case 'primary_with_kindergarten':
        return `${district}${place}小学（附设幼儿园）`
      case 'junior':
        return this.random.chance(0.6) ? `澄川市第${NUMBERS[this.middle++]}初级中学` : `${district}${place}初级中学`
      case 'complete_middle':
        return `澄川市第${NUMBERS[this.senior++]}中学`
      case 'senior':
        return `澄川市第${NUMBERS[this.senior++]}高级中学`
      case 'nine_year':
        return `${district}${place}学校（九年一贯制）`
      case 'twelve_year':
        return `澄川市${place}学校（十二年一贯制）`
      case 'vocational':
        return `澄川市${TRADES[this.trade++ % TRADES.length]}中等职业学校`
      case 'special':
        return `${district}特殊教育学校`
      case 'specialized':
        return '澄川市专门学校'
      case 'higher':
        return this.used.has('澄川学院') ? '澄川职业技术学院' : '澄川学院'
    }
  }
}
