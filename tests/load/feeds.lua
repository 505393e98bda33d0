-- Feeds hosts of run 1 all the time, each time with a key of its own, and writes down what was acknowledged: sequence and virtual time.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("id", #threads)
end

function init(args)
  math.randomseed(os.time() + id * 7919)
  hosts = tonumber(args[1])
  log = io.open(string.format("%s/acknowledged-%d-%d", args[2], os.time(), id), "w")
  acknowledged = 0
end

local function key()
  return string.format("%08x-%04x-4%03x-a%03x-%06x%06x", math.random(0, 0x7fffffff), math.random(0, 0xffff), math.random(0, 0xfff),
    math.random(0, 0xfff), math.random(0, 0xffffff), math.random(0, 0xffffff))
end

function request()
  local body = string.format('{"host":"web-%d","value":%d,"key":"%s"}', math.random(0, hosts - 1), math.random(1, 10000), key())
  return wrk.format("POST", "/v1/runs/1/feed", { ["Content-Type"] = "application/json" }, body)
end

function response(status, headers, body)
  if status ~= 200 then return end
  acknowledged = acknowledged + 1
  local sequence, at = string.match(body, '"sequence":(%d+),"applies_at_s":(%d+)')
  log:write(sequence, " ", at, "\n")
end

function done(summary, latency)
  local sum = 0
  for _, thread in ipairs(threads) do sum = sum + thread:get("acknowledged") end
  io.write(string.format("acknowledged %d in %.1f s: %.0f/s, p50 %.1f ms, p99 %.1f ms\n", sum, summary.duration / 1e6,
    sum / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
