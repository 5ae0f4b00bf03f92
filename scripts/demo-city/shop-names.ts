import type { Random } from './random.ts'
import type { VenueKind } from './venue-plan.ts'

// Invented words: first and second halves are joined, so that no sign is meant to be anyone's brand.
const HEADS = [...'青澄芦柳岸云麓塘知禾檐槐巷拾橘墨松陌苔渡']
const TAILS = [...'石舍野棠汀笺屿拾光禾汐岚椿蔓隅陶朴屏']

const ENDINGS: Record<VenueKind, string[]> = {
  internet_cafe: ['网咖', '网吧', '网络会所', '电竞网咖'],
  song_dance: ['KTV', '量贩式歌厅', '歌舞厅', '音乐会所'],
  bar: ['酒吧', '清吧', '精酿酒馆', '小酒馆'],
  amusement_arcade: ['电玩城', '游戏厅', '动漫游艺城'],
  billiards: ['台球俱乐部', '台球厅'],
  chess_cards: ['棋牌室', '茶社棋牌'],
  lottery_outlet: ['福彩投注站', '体彩销售点', '彩票站'],
  lottery_exclusive: ['彩票专营店', '彩票旗舰店'],
  esports_hotel: ['电竞酒店', '电竞主题酒店'],
  script_murder: ['剧本杀推理馆', '剧本推理社'],
  escape_room: ['密室逃脱', '实景密室馆'],
  hotel: ['酒店', '商务酒店', '宾馆'],
  small_hotel: ['旅馆', '招待所', '客栈', '民宿'],
  rental_house: ['公寓出租楼', '出租房', '青年公寓'],
  tobacco: ['烟酒店', '名烟名酒', '烟酒行'],
  e_cigarette: ['电子烟专卖店', '雾化电子烟店'],
  convenience: ['便利店', '超市', '副食店', '小卖部'],
  market: ['菜市场', '农贸市场'],
  street_stall: ['摊点'],
  bookshop: ['书店', '文具店', '文体用品店'],
  restaurant: [
    '面馆',
    '饺子馆',
    '家常菜馆',
    '烩面馆',
    '火锅店',
    '早餐店',
    '烧烤店',
    '快餐店',
    '米线店',
    '糕点铺',
    '奶茶店',
    '胡辣汤店',
  ],
  meal_table: ['小饭桌', '学生餐桌'],
  after_school_care: ['托管中心', '课后托管班', '午托部'],
  training: ['舞蹈培训中心', '英语培训中心', '美术培训班', '书法培训班', '跆拳道馆', '琴行'],
  bath_house: ['洗浴中心', '足浴店', '汗蒸馆'],
  adult_shop: ['成人用品店'],
  clinic: ['诊所', '口腔门诊', '中医馆', '社区卫生服务站'],
  cinema: ['影城', '电影院'],
  workshop: ['汽修厂', '铝合金门窗加工部', '木器作坊', '印刷部', '食品加工坊'],
  other: [
    '理发店',
    '服装店',
    '五金店',
    '手机店',
    '药房',
    '水果店',
    '电动车行',
    '干洗店',
    '家电维修部',
    '眼镜店',
    '房产中介',
    '快递驿站',
    '母婴店',
    '花店',
    '宠物店',
  ],
}

/** A shop sign: place, word and trade. The market of a street carries the street's name alone. */
export function shopSign(random: Random, kind: VenueKind, street: string | null): string {
  const ending = random.pick(ENDINGS[kind])
  const isPublic = kind === 'market' || kind === 'rental_house' || kind === 'lottery_outlet'
  if (isPublic) return `${street ?? '村口'}${ending}`
  const word = random.pick(HEADS) + random.pick(TAILS)
  return street && random.chance(0.16) ? `${word}${ending}（${street}店）` : `${word}${ending}`
}
