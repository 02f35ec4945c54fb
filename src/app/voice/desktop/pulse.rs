//! A Linux desktop: PulseAudio's protocol, which PipeWire speaks as well, over its socket. No library of the system is
//! needed.

use std::ffi::CString;

use bevy::tasks::block_on;
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{ChannelMap, PlaybackStreamParams, SampleFormat, SampleSpec};
use pulseaudio::{AsPlaybackSource as _, Client, PlaybackStream};

use super::super::player::Device;
use super::{Both, now, opus};

/// Samples that the server holds before they are heard: 120 ms. It asks every 40, so that nobody is woken more often.
pub const AHEAD: u32 = opus::RATE * 120 / 1000;

/// What the server can be heard with; the first is what it takes by itself.
///
/// # Errors
/// Nobody listens at the socket, or not to us.
pub fn devices() -> Result<Vec<Device>, String> {
    let client = Client::from_env(c"Rightcall").map_err(|problem| problem.to_string())?;
    let asked =
        block_on(async { Ok::<_, pulseaudio::ClientError>((client.server_info().await?, client.list_sinks().await?)) });
    let (server, mut sinks) = asked.map_err(|problem| problem.to_string())?;
    sinks.sort_by_key(|sink| Some(&sink.name) != server.default_sink_name.as_ref());
    let words = |text: &CString| text.to_string_lossy().into_owned();
    let device = |sink: &pulseaudio::protocol::SinkInfo| Device {
        id: words(&sink.name),
        name: sink.description.as_ref().map_or_else(|| words(&sink.name), words),
    };
    Ok(sinks.iter().map(device).collect())
}

/// A stream to the server.
pub struct Output(PlaybackStream);

impl Output {
    /// # Errors
    /// Nobody listens at the socket, or not to us.
    pub fn open(both: &Both, device: &str) -> Result<Self, String> {
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
            sink_name: (!device.is_empty())
                .then(|| CString::new(device))
                .transpose()
                .map_err(|problem| problem.to_string())?,
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
