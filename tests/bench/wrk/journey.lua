-- Whole households: slip, choice, check, sending, receipt. One connection a thread, one household after another, and like
-- a browser it knows only what pages tell it. Arguments: file of secrets, one a line of 27 bytes; how many; threads.
local ffi = require("ffi")
ffi.cdef [[
typedef struct { const uint8_t *next_in; unsigned avail_in; unsigned long total_in; uint8_t *next_out; unsigned avail_out;
  unsigned long total_out; const char *msg; void *state; void *zalloc; void *zfree; void *opaque; int data_type;
  unsigned long adler; unsigned long reserved; } z_stream;
int inflateInit2_(z_stream *strm, int bits, const char *version, int size);
int inflate(z_stream *strm, int flush);
int inflateEnd(z_stream *strm);
const char *zlibVersion(void);
]]
local z = ffi.load("libz.so.1")
local room = 262144
local plain = ffi.new("uint8_t[?]", room)

local count = 0
local all = {}
function setup(thread)
  thread:set("place", count)
  count = count + 1
  all[count] = thread
end

local function unpacked(body)
  local stream = ffi.new("z_stream")
  stream.next_in, stream.avail_in = ffi.cast("const uint8_t *", body), #body
  stream.next_out, stream.avail_out = plain, room
  z.inflateInit2_(stream, 31, z.zlibVersion(), ffi.sizeof("z_stream"))
  z.inflate(stream, 4)
  z.inflateEnd(stream)
  return ffi.string(plain, room - stream.avail_out)
end

local base = " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept-Encoding: gzip\r\n"
local function get(path, more) return "GET " .. path .. base .. (more or "") .. "\r\n" end
local function post(path, body, more)
  return "POST " .. path .. base .. (more or "") .. "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " ..
    #body .. "\r\n\r\n" .. body
end

function init(args)
  left = math.floor(tonumber(args[2]) / tonumber(args[3]))
  secrets = assert(io.open(args[1], "rb"))
  secrets:seek("set", place * left * 27)
  step, finished, strange = 1, 0, 0
end

function request()
  if step == 1 then
    if left == 0 then wrk.thread:stop() end
    left = left - 1
    secret = (secrets:read(27) or ""):sub(1, 26)
    return get("/v/" .. secret)
  elseif step == 2 then return post("/phieu", "secret=" .. secret .. "&choice=1&other=")
  elseif step == 3 then return get("/phieu/kiem-tra", "Cookie: phieu=" .. cookie .. "\r\n")
  elseif step == 4 then return post("/phieu/gui", "token=" .. token, "Cookie: phieu=" .. cookie .. "\r\n")
  else return get(place_of_receipt) end
end

function response(status, headers, body)
  local sound = false
  if step == 1 then sound = status == 200
  elseif step == 2 then
    cookie = (headers["set-cookie"] or headers["Set-Cookie"] or ""):match("^phieu=([^;]+)")
    sound = status == 303 and cookie ~= nil
  elseif step == 3 then
    token = unpacked(body):match('name="token" value="(%x+)"')
    sound = status == 200 and token ~= nil
  elseif step == 4 then
    place_of_receipt = headers["location"] or headers["Location"]
    sound = status == 303 and place_of_receipt ~= nil
  else
    sound = status == 200
    if sound then finished = finished + 1 end
  end
  if not sound then strange = strange + 1 end
  step = sound and step % 5 + 1 or 1
end

function done(summary, latency, requests)
  local finished, strange = 0, 0
  for _, thread in ipairs(all) do
    finished = finished + thread:get("finished")
    strange = strange + thread:get("strange")
  end
  io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n',
    finished, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, strange))
end
