-- Replays prepared requests, each once. Arguments: file of requests, length of each, how many, file for receipts, threads.
-- Acknowledged receipts are written down as they come, to be looked for in the database afterwards.
local count = 0
function setup(thread)
  thread:set("place", count)
  count = count + 1
end

function init(args)
  local size, total, threads = tonumber(args[2]), tonumber(args[3]), tonumber(args[5])
  length, left, answered, refused = size, math.floor(total / threads), 0, 0
  prepared = assert(io.open(args[1], "rb"))
  prepared:seek("set", place * left * size)
  receipts = assert(io.open(args[4] .. "." .. place, "wb"))
  receipts:setvbuf("line")
end

function request()
  if left == 0 then wrk.thread:stop() return "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" end
  left = left - 1
  return prepared:read(length)
end

function response(status, headers)
  local where = headers["location"] or headers["Location"]
  if status == 303 and where then receipts:write(where:sub(-12), "\n") else receipts:write("refused ", status, "\n") end
end

function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, bad))
end
