import { AP, AP_MAC, STATION, STATION_MAC } from '../Stage.js';
import { BENCH, type BenchNetwork, REKEY_S } from './BenchNetwork.js';
import type { Supplicant } from './supplicants.js';

const PING_S = 40;
const REFUSAL_S = 30;
const EVENTS = ['rdev_add_key', 'rdev_change_station', 'rdev_tx_control_port', 'cfg80211_rx_control_port'];

/** What all runs with one supplicant at one network need around them. */
const FUNCTIONS = `
cd /
trace=/sys/kernel/tracing
mark() { echo "$1" >$trace/trace_marker; began=$EPOCHREALTIME; }
address() {
  ip -n sta addr replace ${STATION}/24 dev wlan1
  ip -n sta neigh replace ${AP} lladdr ${AP_MAC} dev wlan1 nud permanent
}
# The answer's time is told by ping; whoever gets none has not connected.
reach() {
  ip netns exec sta ping -D -n -i 0.05 -c 1 -w ${PING_S} ${AP} >${BENCH}/ping.txt 2>&1
  answered=$(sed -n 's/^\\[\\([0-9.]*\\)\\] [0-9]* bytes from.*/\\1/p' ${BENCH}/ping.txt)
  echo "$1 $began $answered" >>${BENCH}/runs.txt
}
# Every start meets the same: an interface nobody has used.
start() {
  ip netns exec sta iw dev wlan1 del 2>/dev/null
  ip netns exec sta iw phy phy1 interface add wlan1 type managed
  ip -n sta link set wlan1 up
  prepare
  sleep 0.5
  mark "$1"
  supplicant &
  pid=$!
  sleep 0.5
  address
}
end() { kill $pid; wait $pid; sleep 1; }
`;

const begin = (folder: string): string => `
rm -rf ${BENCH}
cp -r ${folder} ${BENCH}
mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing
echo global >$trace/trace_clock
for event in ${EVENTS.join(' ')}; do echo 1 >$trace/events/cfg80211/$event/enable; done
ip link set hwsim0 up
setsid tcpdump -i hwsim0 --immediate-mode --time-stamp-precision=nano -s0 -U -w ${BENCH}/air.pcap >/dev/null 2>&1 &
tcpdump=$!
setsid hostapd -t -f ${BENCH}/ap.log ${BENCH}/ap.conf >/dev/null 2>&1 &
hostapd=$!
for n in $(seq 100); do grep -q AP-ENABLED ${BENCH}/ap.log && break; sleep 0.1; done
ip addr replace ${AP}/24 dev wlan0
ip neigh replace ${STATION} lladdr ${STATION_MAC} dev wlan0 nud permanent
`;

const finish = (folder: string): string => `
sleep 1
kill $tcpdump $hostapd
wait
cat $trace/trace >${BENCH}/trace.txt
for each in air.pcap ap.log runs.txt supplicant.log trace.txt; do [ -e ${BENCH}/$each ] && cp ${BENCH}/$each ${folder}; done
true
`;

/** A disk takes its time: what the three are made of is read once before anything is measured. */
const READ = `
if [ ! -e /run/is-read ]; then
  find /usr/local/bin/node /usr/sbin /usr/libexec/iwd /usr/bin/dbus-daemon /usr/lib/x86_64-linux-gnu /opt/postassoc -type f -exec cat {} + >/dev/null 2>&1
  touch /run/is-read
fi
echo >$trace/trace
`;

const connecting = (cold: number, warm: number): string => `
for n in $(seq ${cold}); do
  start "cold $n"; reach "cold $n"
  [ $n = ${cold} ] || end
done
for n in $(seq ${warm}); do
  sleep 1
  mark "warm $n"
  hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} >/dev/null
  sleep 0.02
  reach "warm $n"
done
end
`;

const refusing = `
start refused; sleep ${REFUSAL_S}; end
`;

const rekeying = (times: number): string => `
start rekey; reach connected
sleep ${REKEY_S * times + 1}
began=$EPOCHREALTIME
reach after
end
`;

export interface BenchRounds {
  readonly cold: number;
  readonly warm: number;
}

/** Everything that is measured of one supplicant at one network, as one script: what waits for the host waits for ever, in the guest's time. */
export const benchScript = (
  supplicant: Supplicant,
  { play, instructions }: BenchNetwork,
  { cold, warm }: BenchRounds,
  folder: string,
): string => {
  const body = { connect: connecting(cold, warm), refuse: refusing, rekey: rekeying(warm) }[play];
  return [
    FUNCTIONS,
    `prepare() { :; ${supplicant.prepare}\n}`,
    `supplicant() { exec ip netns exec sta ${supplicant.command(instructions)}; }`,
    begin(folder),
    READ,
    body,
    finish(folder),
  ].join('\n');
};
