//! A Linux desktop: PulseAudio's protocol, which PipeWire speaks as well, over its socket. No library of the system is
//! needed.

use bevy::tasks::block_on;
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{ChannelMap, PlaybackStreamParams, SampleFormat, SampleSpec};
use pulseaudio::{AsPlaybackSource as _, Client, PlaybackStream};

use super::{Both, now, opus};

/// Samples that the server holds before they are heard: 60 ms.
pub const AHEAD: u32 = opus::RATE * 60 / 1000;

/// A stream to the server.
pub struct Output(PlaybackStream);

impl Output {
    /// # Errors
    /// Nobody listens at the socket, or not to us.
    pub fn open(both: &Both) -> Result<Self, String> {
        let client = Client::from_env(c"Rightcall").map_err(|problem| problem.to_string())?;
        let both = both.clone();
        let source = move |bytes: &mut [u8]| {
            both.lock().mix.fill(bytes, now());
            bytes.len()
        };
        let params = PlaybackStreamParams {
            sample_spec: SampleSpec { format: SampleFormat::Float32Le, channels: 1, sample_rate: opus::RATE },
            channel_map: ChannelMap::mono(),
            buffer_attr: BufferAttr {
                target_length: AHEAD * 4,
                minimum_request_length: AHEAD * 4 / 3,
                pre_buffering: 0,
                ..Default::default()
            },
            flags: StreamFlags { start_corked: true, adjust_latency: true, ..Default::default() },
            ..Default::default()
        };
        let stream = block_on(client.create_playback_stream(params, source.as_playback_source()));
        stream.map(Self).map_err(|problem| problem.to_string())
    }

    /// Samples are asked for from now on, or no longer.
    ///
    /// # Errors
    /// The server has gone.
    pub fn run(&self, run: bool) -> Result<(), String> {
        let done = block_on(async { if run { self.0.uncork().await } else { self.0.cork().await } });
        done.map_err(|problem| problem.to_string())
    }
}
